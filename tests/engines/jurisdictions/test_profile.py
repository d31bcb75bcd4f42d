"""Names, order, types and groups come from the profile, packaged or the operator's own."""

from datetime import date

import pytest

from colloquia.engines.jurisdictions import ProfileError, load_profile

PROFILE = load_profile()
ABOUT = "field,value\ntitle,Test\nfallback,en fr\nsigned_off_by,A. Officer\nsigned_off_on,2026-01-01\n"
HEADER = "code,name,full_name,sort_key,type,grade,source\n"


def write_profile(folder, **files):
    folder.mkdir(exist_ok=True)
    (folder / "profile.csv").write_text(ABOUT, encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("TW", "en", "Taiwan Province of China"),
        ("HK", "en", "China, Hong Kong Special Administrative Region"),
        ("PS", "fr", "État de Palestine"),
        ("KR", "es", "República de Corea"),
        ("CI", "en", "Côte d'Ivoire"),
        ("NL", "fr", "Pays-Bas (Royaume des)"),
        ("CG", "zh", "刚果（布）"),
        ("CN", "zh-Hant", "中国"),
        ("EG", "ar_EG", "مصر"),
        ("BR", "pt-br", "Brazil"),
        ("XX", "en", "XX"),
        ("", "", ""),
        ("US-CA", "ru", "California"),
    ],
)
def test_name_follows_the_profile(code, language, name):
    assert PROFILE.name(code, language) == name


def test_display_says_when_it_fell_back():
    assert PROFILE.display("BR", "pt").language == "en"
    assert (PROFILE.display("BR", "pt").fell_back, PROFILE.display("BR", "fr").fell_back) == (True, False)


def test_every_territory_is_named_in_six_languages():
    missing = [
        (row.code, lang)
        for row in PROFILE.territories()
        for lang in PROFILE.languages
        if not PROFILE.entry(row.code, lang)
    ]
    assert missing == []
    assert PROFILE.languages == ("en", "fr", "es", "ru", "zh", "ar")


def test_types_count_the_membership_of_the_united_nations():
    count = {
        kind: sum(row.type == kind for row in PROFILE.territories())
        for kind in ("member-state", "observer-state")
    }
    assert count == {"member-state": 193, "observer-state": 2}


def test_kosovo_is_absent_and_the_packaged_profile_is_unsigned():
    assert PROFILE.territory("XK") is None
    assert PROFILE.sign_off.is_signed is False


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [("en", "AF", "ZW"), ("fr", "AF", "ZW"), ("ru", "AU", "JP"), ("zh", "AL", None), ("ar", None, None)],
)
def test_order_is_that_of_the_language(language, first, last):
    codes = [row.code for row in PROFILE.territories(language)]
    assert len(codes) == 260
    assert first in (None, codes[0])
    assert last in (None, codes[-1])


def test_groups_are_dated():
    def groups(code, on):
        return {group.code for group in PROFILE.groups(code, on) if group.code in ("LDC", "MEMBERS-EU")}

    assert groups("GB", date(2020, 1, 31)) == {"MEMBERS-EU"}
    assert groups("GB", date(2020, 2, 1)) == set()
    assert groups("BT", date(2023, 12, 12)) == {"LDC"}
    assert groups("BT", date(2023, 12, 13)) == set()
    assert groups("HR", date(2013, 6, 30)) == set()
    assert groups("HT", None) == {"LDC"}
    assert PROFILE.groups("??", None) == ()


def test_members_of_groups_have_the_known_sizes():
    codes = ("LLDC", "MEMBERS-EU", "MEMBERS-EP", "MEMBERS-OA", "MEMBERS-AP", "WIPO-AFRICAN", "WIPO-GRULAC")
    assert [len(PROFILE.members(code)) for code in codes] == [32, 27, 39, 17, 22, 54, 33]
    assert len(PROFILE.members("LDC", date(2024, 6, 1))) == 45
    assert len(PROFILE.members("LDC")) == 44


def test_wipo_groups_are_labelled_as_recalled_and_incomplete_and_do_not_overlap():
    groups = [group for group in PROFILE.all_groupings() if group.kind == "wipo-regional-group"]
    assert {(group.grade, group.complete) for group in groups} == {("recalled", False)}
    members = [code for group in groups for code in PROFILE.members(group.code)]
    assert len(members) == len(set(members))


def test_every_group_is_named_in_six_languages_and_has_a_known_parent():
    groups = {group.code: group for group in PROFILE.all_groupings()}
    assert {len(group.names) for group in groups.values()} == {6}
    assert {group.parent for group in groups.values()} - set(groups) == {""}


def test_an_own_profile_replaces_every_name(tmp_path):
    folder = write_profile(
        tmp_path / "own",
        en=HEADER + "FR,France of ours,,b,state,verified,us\nXK,Kosovo of ours,,a,entity,verified,us\n",
        fr=HEADER + "FR,Notre France,,a,state,verified,us\n",
        variants="text,code\nCongo,FR\n",
        groupings="code,kind,en,complete\nOWN,own,Our group,yes\n",
        memberships="grouping,territory,valid_from,valid_until\nOWN,XK,2020-01-01,\n",
    )
    profile = load_profile(folder)
    assert [row.code for row in profile.territories()] == ["XK", "FR"]
    assert (profile.name("FR", "fr"), profile.name("XK", "fr"), profile.name("DE")) == (
        "Notre France",
        "Kosovo of ours",
        "DE",
    )
    assert profile.territory("FR").alpha3 == "FRA"
    assert (profile.resolve("Kosovo of ours").code, profile.resolve("Congo").code) == ("XK", "FR")
    assert (profile.resolve("XK").code, profile.resolve("Germany")) == ("XK", None)
    assert [group.code for group in profile.groups("XK", date(2021, 1, 1))] == ["OWN"]
    assert profile.sign_off.is_signed is True


def test_an_own_name_for_kosovo_reads_back(tmp_path):
    folder = write_profile(tmp_path / "own", en=HEADER + "XK,Kosovo,,a,entity,verified,us\n")
    assert load_profile(folder).resolve("Kosovo").code == "XK"


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"en": "code,name\nFR,France\n"}, "en.csv, row 1: the column sort_key, type is missing."),
        (
            {"en": HEADER + "FRANCE,France,,a,state,,\n"},
            "en.csv, row 2, code: “FRANCE” is not a code of two letters.",
        ),
        ({"en": HEADER + "FR,,,a,state,,\n"}, "en.csv, row 2, name: give FR a name of 1 to 200 characters."),
        (
            {"en": HEADER + "FR,France,,a,s,,\nFR,France,,a,s,,\n"},
            "en.csv, row 3, code: FR stands twice; keep one row.",
        ),
        (
            {"en": HEADER + "FR,France,,a,s,,\nDE,France,,a,s,,\n"},
            "en.csv, row 3, name: “France” is already the name of FR.",
        ),
        (
            {"en": HEADER + "FR,France,,a,s,,\n", "fr": HEADER + "FR,France,,a,area,,\n"},
            "fr.csv, row 2, type: FR is “s” in another language; use one type everywhere.",
        ),
        (
            {"en": HEADER + "FR,France,,a,s,sure,\n"},
            "en.csv, row 2, grade: “sure” is not one of verified, secondary, recalled.",
        ),
        (
            {"en": HEADER + 'FR,"France,,a,s,,\n'},
            "en.csv: is not a well-formed table (unexpected end of data).",
        ),
        ({}, "own: holds no table of names; add one, for instance en.csv."),
        (
            {"en": HEADER + "FR,France,,a,s,,\n", "variants": "text,code\nX,DE\n"},
            "variants.csv, row 2, code: the profile names no territory “DE”.",
        ),
        (
            {
                "en": HEADER + "FR,France,,a,s,,\n",
                "memberships": "grouping,territory,valid_from\nLDC,FR,yesterday\n",
            },
            "memberships.csv, row 2, valid_from: “yesterday” is not a date; write it as 2024-12-31.",
        ),
    ],
)
def test_a_broken_profile_is_refused_with_file_row_and_field(tmp_path, files, problem):
    with pytest.raises(ProfileError) as caught:
        load_profile(write_profile(tmp_path / "own", **files))
    assert caught.value.problems == [problem]


def test_a_profile_that_is_not_utf8_or_absent_is_refused(tmp_path):
    folder = write_profile(tmp_path / "own")
    (folder / "en.csv").write_bytes((HEADER + "CI,Côte,,a,s,,\n").encode("latin-1"))
    with pytest.raises(ProfileError, match=r"en\.csv: is not UTF-8; save it again as CSV UTF-8"):
        load_profile(folder)
    with pytest.raises(ProfileError, match="there is no such folder"):
        load_profile(tmp_path / "none")


def test_a_table_saved_by_a_spreadsheet_with_semicolons_is_read(tmp_path):
    text = "\ufeffCode;Name;Full_name;Sort_key;Type;Grade;Source\r\nFR;France;;a;state;verified;us\r\n"
    assert load_profile(write_profile(tmp_path / "own", en=text)).name("FR") == "France"
