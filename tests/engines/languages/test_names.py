"""Names of languages: every code has one, unknown ones show themselves."""

import pytest

from colloquia.engines.languages.names import language_name

ISO_639_1 = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv
dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie
ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv
mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm
rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts
tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""


@pytest.mark.parametrize(
    ("code", "in_language", "name"),
    [
        ("fr", "en", "French"),
        ("fr", "fr", "français"),
        ("ar", "ar", "العربية"),
        ("ru", "es", "ruso"),
        ("zh-hans", "en", "Simplified Chinese"),
        ("zh-Hant", "en", "Traditional Chinese"),
        ("zh_hant", "zh-hans", "繁体中文"),
        ("pt-BR", "en", "Brazilian Portuguese"),
        ("fr-CM", "en", "French"),
        ("de", "xx-unknown", "German"),
        ("qqq", "en", "qqq"),
        ("", "en", ""),
        ("a" * 5000, "b" * 5000, "a" * 5000),
        ("../../etc", "../../etc", "../../etc"),
    ],
)
def test_language_name(code, in_language, name):
    assert language_name(code, in_language) == name


def test_every_iso_639_1_code_has_an_english_name():
    assert [code for code in ISO_639_1.split() if language_name(code) == code] == []
