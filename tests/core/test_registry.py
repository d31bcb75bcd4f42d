"""The registry: names are unique, and the order does not depend on who came first."""

import pytest

from colloquia.core import registry


def test_entries_come_in_order_whatever_the_order_of_registration():
    shelf = registry._Shelf()
    entries = [
        registry.Feed(name, name.title(), "url", order=order)
        for name, order in (("b", 2), ("c", 1), ("a", 2))
    ]
    for entry in entries:
        shelf.add(entry)
    assert [entry.name for entry in shelf.all()] == ["c", "a", "b"]


def test_the_same_entry_twice_is_one_and_another_of_its_name_is_refused():
    shelf = registry._Shelf()
    shelf.add(registry.Feed("a", "A", "url"))
    shelf.add(registry.Feed("a", "A", "url"))
    with pytest.raises(registry.DuplicateName, match="“a” is registered already"):
        shelf.add(registry.Feed("a", "Another", "url"))
    assert [entry.title for entry in shelf.all()] == ["A"]


@pytest.mark.parametrize(
    "kind",
    [
        "question_section",
        "search_source",
        "export",
        "feed",
        "leak_surface",
        "submission_section",
        "record_check",
    ],
)
def test_each_kind_has_its_pair_of_functions(kind):
    assert callable(getattr(registry, f"register_{kind}"))
    assert isinstance(getattr(registry, f"registered_{kind}s")(), tuple)


def test_question_section_of_older_rooms_needs_neither_place_nor_counts():
    section = registry.QuestionSection("a", "A", lambda _request, _question: "<p></p>", 5)
    assert (section.place, section.counts, section.order) == ("body", None, 5)


def test_kinds_of_absence_are_told_apart():
    assert [str(absence) for absence in registry.Absence] == [
        "none_received",
        "searched",
        "stated_none",
        "not_applicable",
        "not_yet_open",
        "not_shown",
        "not_kept",
    ]
    count = registry.QuestionCount("law")
    assert (count.number, count.absence, count.on, count.url, count.label) == (None, None, None, "", "")
