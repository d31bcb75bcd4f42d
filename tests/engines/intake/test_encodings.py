from __future__ import annotations

import pytest

from colloquia.engines.intake.encodings import detect_encoding

SENTENCES = {
    "fr": (
        "Les auteurs créent des œuvres protégées et demandent une rémunération équitable dès l'entraînement."
    ),
    "de": "Künstler müssen über die Nutzung ihrer Werke selbst verfügen können, größere Klarheit wäre schön.",
    "es": "La protección de la creación exige más información sobre los datos de entrenamiento según el año.",
    "it": "La creatività è più facile da proteggere perché così si può già chiedere il consenso.",
    "pt": "A proteção das criações não é só uma questão de inovação, são também direitos dos autores.",
    "ru": "Авторы должны получать справедливое вознаграждение за использование произведений при обучении.",
    "ar": "يجب حماية المؤلفين من استخدام مصنفاتهم في التدريب دون إذن مسبق منهم.",
    "zh": "应当保护作者的权利，训练数据的来源必须公开，使用作品应该得到同意。",
    "tw": "應當保護作者的權利，訓練數據的來源必須公開，使用作品應該得到同意。",
    "ja": "学習データの公開を義務付け、著作権者の同意を必要とするべきだと考えます。",
    "ko": "저작자의 권리를 보호해야 하며 학습 데이터의 출처는 공개되어야 합니다.",
    "pl": "Twórcy powinni otrzymywać wynagrodzenie za użycie dzieł, ponieważ są ich źródłem.",
    "el": "Οι δημιουργοί πρέπει να αμείβονται για τη χρήση των έργων τους.",
    "tr": "Yazarların hakları korunmalı ve eğitim verileri açıklanmalıdır, çünkü güç dengesi şarttır.",
    "he": "יש להגן על זכויות היוצרים ולדרוש הסכמה לשימוש ביצירות.",
}
OLD = [
    ("fr", "cp1252"),
    ("de", "cp1252"),
    ("es", "cp1252"),
    ("it", "cp1252"),
    ("pt", "cp1252"),
    ("fr", "mac_roman"),
    ("ru", "cp1251"),
    ("ru", "koi8-r"),
    ("ar", "cp1256"),
    ("zh", "gb18030"),
    ("tw", "big5hkscs"),
    ("ja", "cp932"),
    ("ja", "euc_jp"),
    ("ko", "cp949"),
    ("pl", "cp1250"),
    ("el", "cp1253"),
    ("tr", "cp1254"),
    ("he", "cp1255"),
]
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize(("language", "codec"), OLD)
def test_old_encoding_is_found_by_its_letters(tmp_path, language, codec):
    path = tmp_path / "responses.csv"
    path.write_bytes(f"id,text\r\n1,{SENTENCES[language]}\r\n".encode(codec))

    assert detect_encoding(path).codec == codec
    assert detect_encoding(path).caution == ""


@pytest.mark.parametrize("codec", UNICODE)
@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_unicode_reads_back_as_written(tmp_path, language, codec):
    path = tmp_path / "responses.csv"
    text = f"id,text\r\n1,{SENTENCES[language]}\r\n"
    path.write_bytes(text.encode(codec))

    assert path.read_bytes().decode(detect_encoding(path).codec) == text


def test_encoding_is_decided_by_the_last_line_as_well(tmp_path):
    path = tmp_path / "responses.csv"
    path.write_bytes(b"id,text\n" + b"1,plain words\n" * 5000 + "2,Größe\n".encode("cp1252"))

    assert detect_encoding(path).codec == "cp1252"


def test_few_damaged_lines_do_not_change_utf8(tmp_path):
    path = tmp_path / "responses.csv"
    path.write_bytes("\n".join(["1,créé"] * 20).encode() + b"\n2,d\xe9truit\n")

    found = detect_encoding(path)
    assert found.codec == "utf-8"
    assert "not valid UTF-8" in found.caution


def test_characters_are_not_broken_by_very_long_lines(tmp_path):
    path = tmp_path / "responses.csv"
    path.write_bytes(("x" + "学" * 900_000).encode())

    assert detect_encoding(path).label == "UTF-8"


def test_escape_sequences_of_japanese_mail_are_found(tmp_path):
    path = tmp_path / "responses.csv"
    path.write_bytes(f"id,text\n1,{SENTENCES['ja']}\n".encode("iso2022_jp"))

    assert detect_encoding(path).codec == "iso2022_jp"


def test_doubtful_encoding_is_said(tmp_path):
    path = tmp_path / "responses.csv"
    path.write_bytes(b"id,text\n1,\xb5\xb6\xb7\n")

    assert "save the file as UTF-8" in detect_encoding(path).caution


def test_one_line_in_an_old_encoding_does_not_garble_the_utf8_around_it(tmp_path):
    path = tmp_path / "a.csv"
    lines = ["1,Größe und Übermut", "2,Bücher für Bürger", "3,Schöne Grüße"]
    encoded = [lines[0].encode(), lines[1].encode("cp1252"), lines[2].encode()]
    path.write_bytes(b"id,comment\n" + b"\n".join(encoded) + b"\n")
    encoding = detect_encoding(path)
    assert (encoding.codec, encoding.label) == ("utf-8", "UTF-8")
    assert encoding.caution == "some lines are not valid UTF-8; what cannot be decoded shows as �"
