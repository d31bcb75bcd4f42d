"""Names folded and taken apart, legal forms, domains and slips."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colloquia.engines.organisations.domains import is_shared_by_parts, label, own_domain, registered
from colloquia.engines.organisations.folding import fold, latin, loose, plain
from colloquia.engines.organisations.forms import without_forms
from colloquia.engines.organisations.letters import distance, slips
from colloquia.engines.organisations.names import read_name


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("  KESTREL\u00a0 Press, ", "kestrel press"),
        ("ＫＥＳＴＲＥＬ　Ｐｒｅｓｓ", "kestrel press"),
        ("Writers’ Guild", "writers guild"),
        ("“Écho” de l'Été", "echo de l ete"),
        ("K.T.P. – Kites", "ktp kites"),
        ("Vane & Nettle", "vane and nettle"),
        ("Gölge Yazılım", "golge yazilim"),
        ("Łódź Ørsted Straße", "lodz orsted strasse"),
        ("Чайка «Ёлка»", "чайка елка"),
        ("Їжак", "їжак"),
        ("جمعيّة كُتّاب", "جمعيه كتاب"),
        ("إتحاد آفاق", "اتحاد افاق"),
        ("青野 大学", "青野大学"),
        ("ﾐﾄﾞﾘ", "ミドリ"),
        ("がくせい", "がくせい"),
        ("한빛 도서관", "한빛도서관"),
        ("किताब", "किताब"),
        ("ミドリ演算（株）", "ミドリ演算株式会社"),
        ("…", ""),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_letters_that_tell_names_apart_are_kept() -> None:
    assert fold("чай") != fold("чаи")
    assert fold("かき") != fold("がき")


@pytest.mark.parametrize(
    ("name", "core", "forms"),
    [
        ("Kestrel Press Ltd.", "kestrel press", ("ltd",)),
        ("Kestrel Press Limited", "kestrel press", ("ltd",)),
        ("Kestrel Press Co.,Ltd.", "kestrel press", ("co ltd",)),
        ("Orgelbau GmbH & Co. KG", "orgelbau", ("gmbh & co kg",)),
        ("Orgelbau Gesellschaft mit beschränkter Haftung", "orgelbau", ("gmbh",)),
        ("Kestrel S.A. de C.V.", "kestrel", ("sa de cv",)),
        ("ООО «Фонарь»", "фонарь", ("ooo",)),
        ("شركة السراج المحدودة", "السراج", ("sharika", "sharika dhmm")),
        ("株式会社ミドリ", "ミドリ", ("kk",)),
        ("云杉科技有限公司", "云杉科技", ("yuxian",)),
        ("㈜푸른별", "푸른별", ("jusik",)),
        ("The Limited", "the limited", ()),
        ("Company", "company", ()),
    ],
)
def test_legal_forms(name: str, core: str, forms: tuple[str, ...]) -> None:
    assert without_forms(fold(name)) == (core, forms)


@pytest.mark.parametrize(
    ("stated", "domain"),
    [
        ("Info@Mail.Kestrel.co.uk", "mail.kestrel.co.uk"),
        ("https://www.kestrel.example/about?x=1", "kestrel.example"),
        ("gmail.com", ""),
        ("someone@qq.com", ""),
        ("kestrel.wordpress.com", "kestrel.wordpress.com"),
        ("https://facebook.com/kestrel", ""),
        ("gouv.fr", ""),
        ("culture.gouv.fr", "culture.gouv.fr"),
        ("n/a", ""),
        ("", ""),
    ],
)
def test_domains_that_tell_something(stated: str, domain: str) -> None:
    assert own_domain(stated) == domain


def test_registered_domain_and_what_it_says() -> None:
    assert registered("law.lindmark.ac.zz") == "lindmark.ac.zz"
    assert registered("mail.kestrel.example") == "kestrel.example"
    assert label("mail.kite-makers.org.zz") == "kitemakers"
    assert [is_shared_by_parts(one) for one in ("lindmark.ac.zz", "culture.gov", "kestrel.org")] == [
        True,
        True,
        False,
    ]


def test_plain_spelling_and_other_alphabets() -> None:
    assert plain("mueller") == plain("muller")
    assert plain("青野大學") == plain("青野大学")
    assert loose(latin("речнойархив")) == loose("rechnoyarkhiv") == loose("rechnojarhiv")
    assert latin("kestrel") == ""


@given(st.text("abc", max_size=7), st.text("abc", max_size=7), st.integers(1, 3))
def test_distance_is_symmetric_and_bounded(one: str, other: str, limit: int) -> None:
    found = distance(one, other, limit)
    assert found == distance(other, one, limit)
    assert found == min(plain_distance(one, other), limit + 1)


def plain_distance(one: str, other: str) -> int:
    """The same by the book, without shortcuts: optimal string alignment."""
    table = [[max(i, j) if not i or not j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            cost = one[i - 1] != other[j - 1]
            best = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + cost)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                best = min(best, table[i - 2][j - 2] + 1)
            table[i][j] = best
    return table[-1][-1]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("technologies", "techonologies", 1),
        ("brightwater", "brigthwater", 1),
        ("rain", "grain", 1),
        ("iran", "iraq", -1),
        ("austrian", "australian", -1),
        ("section12", "section21", 1),
        ("12", "21", -1),
        ("publishers", "printers", -1),
    ],
)
def test_slips(one: str, other: str, found: int) -> None:
    assert slips(one, other, {}) == found


def test_two_words_of_many_names_are_no_slip_of_one_another() -> None:
    common = {"acteurs": 5, "auteurs": 9, "publisher": 4, "publishers": 8}
    assert slips("acteurs", "auteurs", {}) == 1
    assert slips("acteurs", "auteurs", common) == -1
    assert slips("publisher", "publishers", common) == 1


def test_a_name_taken_apart() -> None:
    name = read_name("Union of Glass-Harp Makers (UGHM)")
    assert name.base == read_name("Union of Glass Harp Makers").compact == "unionglassharpmakers"
    assert name.stated == {"ughm"}
    assert "ughm" in name.initials
    assert read_name("日本青野株式会社 (Aono Corporation)").others >= {"aono"}
    assert read_name("Ministry of Culture").is_weak
    assert read_name("UGHM").is_weak
    assert not read_name("Kestrel Press").is_weak
    assert read_name("青野大学法学部").sections >= {"学部"}
