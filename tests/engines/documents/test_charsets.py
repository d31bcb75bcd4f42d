"""Encodings: sixteen languages in the encodings that their writers use."""

from __future__ import annotations

import pytest

from colloquia.engines.documents.charsets import decode

SENTENCES = {
    "fr": "Nous soutenons une exception générale pour la fouille de textes et de données, mais limitée.",
    "de": "Wir unterstützen die Vergütung der Urheber für das Trainieren großer Modelle.",
    "es": "La protección de las obras creadas por máquinas no está prevista en la legislación.",
    "pt": "A proteção não deve ser concedida às máquinas, mas à criação humana.",
    "tr": "Yapay zekâ tarafından üretilen eserlerin korunması için yeni bir yasaya ihtiyaç yoktur.",
    "pl": "Wspieramy wprowadzenie opłat dla twórców za użycie utworów w szkoleniu modeli.",
    "ru": "Мы считаем, что авторское право должно защищать человека, а не машину.",
    "uk": "Ми вважаємо, що авторське право має захищати людину, її працю, а не машину.",
    "ar": "نعتقد أن حق المؤلف يجب أن يحمي الإنسان وليس الآلة، وهذا رأي المنظمة.",
    "ja": "著作権は人間の創作を保護すべきであり、機械の出力を保護すべきではないと考えます。",
    "zh": "我们认为著作权应当保护人的创作，而不是机器的输出。",
    "zh-Hant": "我們認為著作權應當保護人的創作，而不是機器的輸出。",
    "ko": "저작권은 기계의 산출물이 아니라 인간의 창작을 보호해야 한다고 생각합니다.",
    "el": "Πιστεύουμε ότι το δικαίωμα του δημιουργού πρέπει να προστατεύει τον άνθρωπο.",
    "he": "אנו סבורים שזכויות יוצרים צריכות להגן על האדם ולא על המכונה.",
    "th": "เราเห็นว่าลิขสิทธิ์ควรคุ้มครองงานสร้างสรรค์ของมนุษย์",
}
LEGACY = [
    ("fr", "cp1252"), ("fr", "latin-1"), ("de", "cp1252"), ("es", "cp1252"), ("pt", "cp1252"),
    ("tr", "cp1254"),
    ("pl", "cp1250"), ("ru", "cp1251"), ("ru", "koi8_r"), ("uk", "cp1251"), ("ar", "cp1256"), ("ja", "cp932"),
    ("ja", "euc_jp"), ("ja", "iso2022_jp"), ("zh", "gb18030"), ("zh-Hant", "big5"), ("ko", "euc_kr"),
    ("el", "cp1253"), ("he", "cp1255"), ("th", "cp874"),
]  # fmt: skip


@pytest.mark.parametrize("length", [400, 1], ids=["long", "one sentence"])
@pytest.mark.parametrize(("language", "encoding"), LEGACY)
def test_legacy_encodings_are_recognised(language: str, encoding: str, length: int) -> None:
    text = "\n".join([SENTENCES[language]] * length)
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert (decoded.text, decoded.lost) == (text, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("language", SENTENCES)
def test_unicode_encodings_are_recognised(language: str, encoding: str) -> None:
    decoded = decode(SENTENCES[language].encode(encoding))
    assert decoded is not None
    assert decoded.text == SENTENCES[language]


def test_utf16_without_a_mark_is_recognised_by_its_zero_bytes() -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        decoded = decode(SENTENCES["fr"].encode(encoding))
        assert decoded is not None
        assert decoded.text == SENTENCES["fr"]


def test_a_declaration_decides_where_bytes_do_not() -> None:
    assert decode(b"caf\xe9", "iso-8859-1") == decode(b"caf\xe9")
    decoded = decode("слово".encode("iso8859-5"), "ISO-8859-5")
    assert decoded is not None
    assert decoded.text == "слово"


def test_a_wrong_declaration_does_not_spoil_utf8() -> None:
    decoded = decode("café".encode(), "latin-1")
    assert decoded is not None
    assert decoded.text == "café"


def test_a_broken_place_is_counted_and_the_rest_kept() -> None:
    decoded = decode("première ".encode() * 20 + b"\xff fin")
    assert decoded is not None
    assert (decoded.text, decoded.encoding, decoded.lost) == ("première " * 20 + "\ufffd fin", "utf-8", 1)


def test_binary_is_refused() -> None:
    assert decode(bytes(range(256)) * 4) is None
