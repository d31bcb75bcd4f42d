"""The country field: what is read, and what is left to a person because it may mean two things."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colloquia.engines.jurisdictions import load_profile

PROFILE = load_profile()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("JP", "JP"), ("jpn", "JP"), ("JPN", "JP"), ("NO", "NO"), ("UK", "GB"), ("u.k.", "GB"),
        ("U. S. A.", "US"),
        ("United States", "US"), ("the united states of america", "US"),
        ("Korea, Republic of", "KR"),
        ("KOREA (REPUBLIC OF)", "KR"), ("Republic of Korea (the)", "KR"), ("DPRK", "KP"),
        ("Côte d’Ivoire", "CI"), ("COTE D'IVOIRE", "CI"), ("Co\u0302te d`Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("Viet Nam", "VN"), ("vietnam", "VN"), ("Russia", "RU"), ("Российская Федерация", "RU"),
        ("РОССИЯ", "RU"),
        ("Turkey", "TR"), ("türkiye", "TR"), ("Czech Republic", "CZ"), ("Swaziland", "SZ"),
        ("Burma", "MM"),
        ("l'Allemagne", "DE"), ("Allemagne (l')", "DE"), ("Deutschland", "DE"),
        ("Alemania", "DE"), ("德国", "DE"),
        ("السعودية", "SA"), ("سعودية", "SA"), ("المملكة العربية السعودية", "SA"),
        ("الاتحاد الأوروبي", "EU"),
        ("الإمارات", "AE"), ("الامارات", "AE"), ("مصر", "EG"), ("日本", "JP"), ("日本国", "JP"),
        ("美國", "US"),
        ("中华人民共和国", "CN"), ("대한민국", "KR"), ("한국", "KR"), ("ประเทศไทย", None), ("ไทย", "TH"),
        ("Guinea", "GN"), ("Guinea-Bissau", "GW"), ("Equatorial Guinea", "GQ"),
        ("Papua New Guinea", "PG"),
        ("Georgia", "GE"), ("Niger", "NE"), ("Nigeria", "NG"), ("Dominica", "DM"),
        ("Dominican Republic", "DO"),
        ("Taiwan, Province of China", "TW"), ("Chinese Taipei", "TW"), ("Hong Kong, China", "HK"),
        ("China, Hong Kong SAR", "HK"), ("Macau", "MO"), ("Palestine", "PS"), ("Scotland", "GB"),
        ("EU", "EU"), ("European Union", "EU"), ("EPO", "EP"), ("WIPO", "WO"), ("ARIPO", "AP"),
        ("OAPI", "OA"),
        ("EAPO", "EA"), ("Benelux", "BX"), ("GCC", "GC"), ("XN", "XN"), ("XV", "XV"),
        ("\u202eFrance\u202c", "FR"), ("Fr\u200bance", "FR"), ("ＦＲＡＮＣＥ", "FR"),
        (" France\x00\n", "FR"),
        ("🇫🇷", "FR"), ("🇫🇷 France", "FR"), ("France 🇫🇷", "FR"), ("France (FR)", "FR"),
        ("FRA - France", "FR"),
        ("Lyon, France", "FR"), ("Geneva (Switzerland)", "CH"), ("Genève/Suisse", "CH"),
        ("Georgia, USA", "US"),
        ("Bosnia & Herzegovina", "BA"), ("St. Kitts and Nevis", "KN"), ("US-CA", "US"),
        ("FR-75", "FR"),
    ],
)  # fmt: skip
def test_resolve_reads_forms_people_use(text, code):
    found = PROFILE.resolve(text)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("text", "kind", "candidates"),
    [
        ("Korea", "ambiguous", ("KP", "KR")),
        ("Corée", "ambiguous", ("KP", "KR")),
        ("Seoul, Korea", "ambiguous", ("KP", "KR")),
        ("Congo", "ambiguous", ("CD", "CG")),
        ("the Congo", "ambiguous", ("CD", "CG")),
        ("Republic of China", "ambiguous", ("CN", "TW")),
        ("America", "ambiguous", ("US",)),
        ("Atlanta, Georgia", "ambiguous", ("GE", "US")),
        ("Tbilisi, Georgia", "ambiguous", ("GE", "US")),
        ("Lebanon, Tennessee", "ambiguous", ("LB", "US")),
        ("San Francisco, CA", "ambiguous", ("CA",)),
        ("born in Syria, France", "ambiguous", ("FR", "SY")),
        ("PT-BR", "ambiguous", ("PT", "BR")),
        ("California", "part-of", ("US",)),
        ("NA", "code-or-answer", ("NA",)),
        ("no", "code-or-answer", ("NO",)),
        ("No", "code-or-answer", ("NO",)),
        ("N/A", "no-answer", ()),
        ("prefer not to say", "no-answer", ()),
        ("---", "no-answer", ()),
        ("France and Germany", "several", ("DE", "FR")),
        ("France; Germany", "several", ("DE", "FR")),
        ("US/UK", "several", ("GB", "US")),
        ("日本、中国", "several", ("CN", "JP")),
        ("🇫🇷 Germany", "several", ("DE", "FR")),
        ("Soviet Union", "former", ()),
        ("Kosovo", "not-listed", ()),
        ("XK", "not-listed", ()),
        ("Pristina, Kosovo", "not-listed", ()),
        ("worldwide", "not-one", ()),
        ("Latin America", "not-one", ()),
        ("", "blank", ()),
        (" \t\u200b", "blank", ()),
        ("Frnace", "unknown", ()),
        ("Ruritania", "unknown", ()),
        ("France" * 1000, "unknown", ()),
        ("ZZ", "no-answer", ()),
        ("en-US", "unknown", ()),
    ],
)
def test_explain_leaves_the_rest_to_a_person(text, kind, candidates):
    found = PROFILE.explain(text)
    assert (found.territory, found.kind, found.candidates) == (None, kind, candidates)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("California, USA", "US-CA"),
        ("US-CA", "US-CA"),
        ("Mexico City, Mexico", "MX-CMX"),
        ("Lyon, France", ""),
    ],
)
def test_explain_keeps_the_unit(text, unit):
    assert PROFILE.explain(text).unit == unit


@pytest.mark.parametrize(
    ("text", "form", "code"),
    [
        ("NA", "code", "NA"),
        ("no", "code", "NO"),
        ("Namibia", "code", None),
        ("NA", "name", None),
        ("FR", "name", None),
    ],
)
def test_the_form_of_the_column_decides(text, form, code):
    found = PROFILE.resolve(text, form=form)
    assert (found.code if found else None) == code


def test_every_name_of_the_profile_reads_back_but_the_ambiguous_one():
    lost = set()
    for row in PROFILE.territories():
        names = [PROFILE.name(row.code, language) for language in PROFILE.languages]
        lost |= {row.code for name in names if PROFILE.resolve(name) != row}
    assert lost == {"CG"}


@pytest.mark.parametrize(
    ("text", "within", "code"),
    [
        ("Georgia", "US", "US-GA"), ("GA", "US", "US-GA"), ("zurich", "CH", "CH-ZH"),
        ("ZÜRICH", "CH", "CH-ZH"),
        ("Zuerich", "CH", None), ("Quebec", "CA", "CA-QC"), ("québec", "", "CA-QC"),
        ("Bavaria", "DE", "DE-BY"),
        ("أبو ظبي", "AE", "AE-AZ"), ("Victoria", "AU", "AU-VIC"), ("Amazonas", "BR", "BR-AM"),
        ("9", "AT", "AT-9"),
        ("Distrito Federal", "", None), ("Distrito Federal", "BR", "BR-DF"),
        ("Texas", "CA", None), ("", "US", None),
        ("US-TN", "", "US-TN"), ("US-TN", "CA", None),
    ],
)  # fmt: skip
def test_subnational_reads_codes_and_names(text, within, code):
    found = PROFILE.subnational(text, within=within)
    assert (found.code if found else None) == code


def test_suggest_offers_but_resolve_does_not_guess():
    assert PROFILE.resolve("Germny") is None
    assert PROFILE.suggest("Germny")[0].code == "DE"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_explain_never_raises(text):
    found = PROFILE.explain(text)
    assert (found.territory is None) == (found.kind not in ("code", "name", "unit", "part"))


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([row.code for row in PROFILE.territories()]),
    st.sampled_from(["en", "fr", "es", "ru", "zh", "ar"]),
    st.data(),
)
def test_case_space_and_marks_do_not_matter(code, language, data):
    name = PROFILE.name(code, language)
    change = data.draw(
        st.sampled_from([str.upper, str.lower, lambda text: f"\u2067 {text}\u00a0", lambda text: text + "."])
    )
    found, expected = PROFILE.resolve(change(name)), PROFILE.resolve(name)
    assert found == expected
