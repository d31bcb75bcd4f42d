from __future__ import annotations

import pytest

from colloquia.engines.intake import understand
from colloquia.engines.intake.dates import parse_date

from .helpers import collected, messages


@pytest.mark.parametrize(
    ("cell", "order", "expected"),
    [
        ("2024-02-03T23:59:00Z", "", "2024-02-03"),
        ("2024/2/3", "", "2024-02-03"),
        ("2024年2月3日", "", "2024-02-03"),
        ("2024년 2월 3일", "", "2024-02-03"),
        ("3.2.2024", "", "2024-02-03"),
        ("03/02/2024 10:00", "day", "2024-02-03"),
        ("02/03/2024", "month", "2024-02-03"),
        ("02/03/2024", "", "02/03/2024"),
        ("03/03/2024", "", "2024-03-03"),
        ("31/12/24", "day", "2024-12-31"),
        ("3 February 2024", "", "2024-02-03"),
        ("Feb 3, 2024 11:59 PM", "", "2024-02-03"),
        ("3 février 2024", "", "2024-02-03"),
        ("3 de febrero de 2024", "", "2024-02-03"),
        ("3. Februar 2024", "", "2024-02-03"),
        ("3 февраля 2024", "", "2024-02-03"),
        ("14 мая 2024", "", "2024-05-14"),
        ("Tue Feb 13 12:58:16 WIB 2018", "", "2018-02-13"),
        ("45325", "", "2024-02-03"),
        ("1706918400", "", "2024-02-03"),
        ("1706918400000", "", "2024-02-03"),
        ("20240203", "", "2024-02-03"),
        ("٢٠٢٤-٠٢-٠٣", "", "2024-02-03"),
        ("31/02/2024", "day", "31/02/2024"),
        ("soon", "", "soon"),
    ],
)
def test_date_is_read_or_left_as_given(cell, order, expected):
    assert parse_date(cell, order) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["03/02/2024", "14/02/2024"], ["2024-02-03", "2024-02-14"]),
        (["03/02/2024", "02/14/2024"], ["2024-03-02", "2024-02-14"]),
        (["03/02/2024", "04/02/2024"], ["03/02/2024", "04/02/2024"]),
        (["13/02/2024", "02/14/2024"], ["13/02/2024", "02/14/2024"]),
    ],
)
def test_order_of_day_and_month_is_settled_by_the_column(write, cells, expected):
    path = write(
        "r.csv", [["id", "text", "Date"], *([str(place), "words", cell] for place, cell in enumerate(cells))]
    )

    assert [item.date for item in collected(path)] == expected
    unclear = expected == cells
    assert [problem.kind for problem in understand([path]).warnings] == (["date"] if unclear else [])
    assert all("YYYY-MM-DD" in message for message in messages(understand([path]).warnings))
