"""Words that count views or take a side are known in six languages, and ordinary words are let be."""

from __future__ import annotations

import pytest

from colloquia.engines.drafting.records import Reason
from colloquia.engines.drafting.wording import fault_in, names_a_party, plain_line

COUNTED = [
    ("en", "Most creators want licences"), ("en", "a majority asks for it"), ("en", "9 out of 10 agree"),
    ("en", "two thirds ask for pay"), ("en", "forty-one per cent"), ("en", "hundreds of letters"),
    ("en", "Almost all respondents agree"), ("en", "There is broad agreement"), ("en", "17 organisations"),
    ("fr", "Une majorité de réponses"), ("fr", "beaucoup d’auteurs craignent"), ("fr", "60 pour cent"),
    ("fr", "Tous les répondants"), ("fr", "les deux tiers des textes"), ("fr", "de nombreuses entreprises"),
    ("es", "La mayoría de los autores"), ("es", "muchas respuestas"), ("es", "el 60 por ciento"),
    ("es", "todos los participantes"), ("es", "un tercio de los textos"),
    ("ru", "Большинство респондентов"), ("ru", "многие авторы"), ("ru", "60 процентов"), ("ru", "две трети"),
    ("ar", "معظم الردود"), ("ar", "أغلبيّة المشاركين"), ("ar", "في المئة من"), ("ar", "العديد من الجهات"),
    ("zh", "大多数意见"), ("zh", "三分之二"), ("zh", "百分之六十"), ("zh", "十二个国家"), ("zh", "许多作者"),
    ("en", "６０％ ask for pay"),
]  # fmt: skip
POSITIONS = [
    ("en", "Support for licences"), ("en", "Opposition to the exception"), ("en", "In favour of a register"),
    ("fr", "Soutien aux licences"), ("fr", "Contre l’exception"), ("es", "A favor de las licencias"),
    ("ru", "Против исключения"), ("ar", "تأييد الترخيص"), ("zh", "反对例外"),
]  # fmt: skip
PLAIN = [
    ("en", "A third party's works"), ("en", "Most-favoured-nation treatment"), ("en", "Minority languages"),
    ("en", "Article 30 states the exception"), ("en", "Training data: disclosure"), ("en", "Law 9 of 2021"),
    ("en", "Remuneration of authors and performers"), ("en", "Duties of all companies"),
    ("en", "GPT-4 and Article 5"),
    ("fr", "Recours d’un tiers"), ("fr", "Rémunération des auteurs"), ("fr", "L’œuvre d’un pays tiers"),
    ("es", "Licencias de un tercero"), ("es", "Remuneración de los autores"),
    ("ru", "Ответственность за вывод"), ("ru", "Все авторские права"), ("ru", "Лицензии на обучение"),
    ("ar", "تراخيص التدريب"), ("ar", "الشفافية في بيانات التدريب"),
    ("zh", "第三十条的例外"), ("zh", "与国际条约一致"), ("zh", "训练数据的公开"),
]  # fmt: skip


def fault(language: str, line: str) -> Reason | None:
    return fault_in(line, language=language, shortest=4, longest=200, is_name=True)


@pytest.mark.parametrize(("language", "line"), COUNTED)
def test_counted_views_are_seen(language: str, line: str) -> None:
    assert fault(language, line) is Reason.COUNTED


@pytest.mark.parametrize(("language", "line"), POSITIONS)
def test_sides_are_seen(language: str, line: str) -> None:
    assert fault(language, line) is Reason.POSITION


@pytest.mark.parametrize(("language", "line"), PLAIN)
def test_subjects_are_let_be(language: str, line: str) -> None:
    assert fault(language, line) is None


def test_a_line_is_made_plain() -> None:
    assert plain_line(" a\u00a0b\n\tc ") == "a b c"
    assert plain_line("Nguyễn, שָׁלוֹם, ترخيصٌّ") == "Nguyễn, שָׁלוֹם, ترخيصٌّ"


@pytest.mark.parametrize(
    "sign", ["\u202a", "\u2066", "\u200f", "\u00ad", "\x00", "\x85", "\u2028", "\ue000", "\ud800"]
)
def test_signs_that_no_draft_needs_are_not_made_plain(sign: str) -> None:
    assert plain_line(f"a{sign}b") is None


def test_parties_in_scripts_without_spaces() -> None:
    assert names_a_party("一种意见认为日本的例外", {"日本"}) is True
    assert names_a_party("一种意见认为", {"日本"}) is False
    assert names_a_party("Licences", set()) is False
    assert names_a_party("licences for ACME (Geneva)", {"Acme (Geneva)"}) is True
