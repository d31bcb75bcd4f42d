"""What is found in each language, what is not taken for personal data, and that no text takes long."""

from __future__ import annotations

import itertools
import time

import pytest

from colloquia.engines.personal_data import CATEGORIES, Finding, find


def found(text: str, language: str) -> list[tuple[str, str]]:
    return [(each.category, text[each.start : each.end]) for each in find(text, language)]


TOLD = {
    "en": (
        (
            "My name is Jane Doe; I live at 12 Baker Street, London NW1 6XE. Call +44 20 7946 0958. "
            "Born on 4 May 1975. Passport No. X1234567.\nDear Ms Smith,\n\nSincerely,\n\nJohn Q. Public\n"
        ),
        [
            ("name", "Jane Doe"),
            ("address", "12 Baker Street, London NW1 6XE"),
            ("phone", "+44 20 7946 0958"),
            ("birth", "4 May 1975"),
            ("passport", "X1234567"),
            ("name", "Smith"),
            ("name", "John Q. Public"),
        ],
    ),
    "fr": (
        (
            "Je m’appelle Marie Dupont-Lefèvre, née le 12/03/1980, 12 bis rue de la République, 75011 Paris, "
            "tél. : 01 42 34 56 78.\nCordialement,\nPaul Martin"
        ),
        [
            ("name", "Marie Dupont-Lefèvre"),
            ("birth", "12/03/1980"),
            ("address", "12 bis rue de la République, 75011 Paris"),
            ("phone", "01 42 34 56 78"),
            ("name", "Paul Martin"),
        ],
    ),
    "es": (
        (
            "Me llamo José García López, DNI 12345678Z, calle Mayor 15, 28013 Madrid. "
            "Teléfono: 612 34 56 78. Nacido el 3 de mayo de 1970."
        ),
        [
            ("name", "José García López"),
            ("identity", "12345678Z"),
            ("address", "calle Mayor 15, 28013 Madrid"),
            ("phone", "612 34 56 78"),
            ("birth", "3 de mayo de 1970"),
        ],
    ),
    "ar": (
        (
            "اسمي محمد عبد الله، هاتف: ٠٥٠١٢٣٤٥٦٧، تاريخ الميلاد: ١٢/٠٣/١٩٨٠. أسكن في شارع الملك فهد 15. "
            "رقم الهوية 1012345672"
        ),
        [
            ("name", "محمد عبد الله"),
            ("phone", "٠٥٠١٢٣٤٥٦٧"),
            ("birth", "١٢/٠٣/١٩٨٠"),
            ("address", "شارع الملك فهد 15"),
            ("identity", "1012345672"),
        ],
    ),
    "ru": (
        (
            "Меня зовут Иван Петров, паспорт 4509 123456, тел. 8 (495) 123-45-67, живу: 123456, г. Москва, "
            "ул. Ленина, д. 5, кв. 12. Дата рождения: 12.03.1980.\nС уважением,\nА. Б. Сидоров"
        ),
        [
            ("name", "Иван Петров"),
            ("passport", "4509 123456"),
            ("phone", "8 (495) 123-45-67"),
            ("address", "123456, г. Москва, ул. Ленина, д. 5, кв. 12"),
            ("birth", "12.03.1980"),
            ("name", "А. Б. Сидоров"),
        ],
    ),
    "zh": (
        "我叫王小明，住址：北京市海淀区中关村大街27号1101室，电话：13812345678，身份证号11010519491231002X，生于1949年12月31日。",
        [
            ("name", "王小明"),
            ("address", "北京市海淀区中关村大街27号1101室"),
            ("phone", "13812345678"),
            ("identity", "11010519491231002X"),
            ("birth", "1949年12月31日"),
        ],
    ),
    "de": (
        "Mein Name ist Hans Müller, Hauptstraße 12, 10115 Berlin, Tel. 030 1234567, geboren am 3.5.1970.",
        [
            ("name", "Hans Müller"),
            ("address", "Hauptstraße 12, 10115 Berlin"),
            ("phone", "030 1234567"),
            ("birth", "3.5.1970"),
        ],
    ),
    "ja": (
        "私は山田太郎と申します。電話 03-1234-5678 生年月日：1980年3月12日",
        [("name", "山田太郎"), ("phone", "03-1234-5678"), ("birth", "1980年3月12日")],
    ),
    "ko": (
        "제 이름은 김민수입니다. 서울특별시 강남구 테헤란로 152, 전화 010-1234-5678",
        [("name", "김민수"), ("address", "서울특별시 강남구 테헤란로 152"), ("phone", "010-1234-5678")],
    ),
    "pt": (
        "Meu nome é João da Silva, CPF 529.982.247-25, Rua Augusta 1500, telefone (11) 91234-5678.",
        [
            ("name", "João da Silva"),
            ("identity", "529.982.247-25"),
            ("address", "Rua Augusta 1500"),
            ("phone", "(11) 91234-5678"),
        ],
    ),
}


@pytest.mark.parametrize("language", TOLD)
def test_what_people_write_of_themselves_is_found(language: str) -> None:
    text, expected = TOLD[language]
    assert found(text, language) == expected


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("4111 1111 1111 1111", "identity"),
        ("378282246310005", "identity"),
        ("CH93 0076 2011 6238 5295 7", "identity"),
        ("DE89370400440532013000", "identity"),
        ("756.9217.0769.85", "identity"),
        ("2 55 08 14 168 025 38", "identity"),
        ("X1234567L", "identity"),
        ("784-1990-1234567-6", "identity"),
        ("900101-1234567", "identity"),
        ("123-45-6789", "identity"),
        ("2341 2341 2346", "identity"),
        ("112-233-445 95", "identity"),
        ("29001011234567", "identity"),
        ("AB 12 34 56 C", "identity"),
        ("203.0.113.77", "ip"),
        ("2001:db8::ff00:42:8329", "ip"),
        ("jane.doe+ip@mail.example.org", "email"),
        ("用户＠例子．公司", "email"),
        ("(202) 555-0143", "phone"),
        ("0044 20 7946 0958", "phone"),
    ],
)
def test_a_number_is_known_by_its_form(text: str, category: str) -> None:
    assert found(f"x {text} y", "en") == [(category, text)]


@pytest.mark.parametrize(
    "text",
    [
        "Docket No. COLC-2023-0006-0001, Comment 12345678901",
        "US 10,123,456 B2; EP 1 234 567 B1; WO 2012/123456; JP 2019-123456; CN101234567A; KR 10-2019-0012345",
        "17 U.S.C. 107, 37 CFR 202.1, 88 Fed. Reg. 59942 (Aug. 30, 2023), 510 U.S. 569, 579 (1994)",
        "2019-05-03, 03.05.2019, 1999-2000, 2019 2020 2021 2022, 12:30:45",
        "loi n° 2019-775 du 24 juillet 2019, article L. 122-5, 1 234 567 890 euros",
        "Ley 23/2006, de 7 de julio; Real Decreto 1/1996, de 12 de abril",
        "Федеральный закон от 27.07.2006 № 149-ФЗ, статья 1274 ГК РФ",
        "《中华人民共和国著作权法》2020年11月11日第三次修正，第二十四条。我是学生，我是高级工程师。",
        "القانون رقم 82 لسنة 2002، المادة 171. السيد الرئيس، شكرا لكم.",
        "ISBN 978-0-12-345678-9, ISSN 0378-5955, doi:10.1000/182, arXiv:2301.12345",
        "Section 1.2.3.4 and version 10.4.2.11; 4111 1111 1111 1112; 123456789012",
        "Dear Sir or Madam, Dear Members of the Committee, Dear Mr. Chairman: I thank you.",
        "Amazon Web Services and Stability AI v. Getty Images, decided by Google LLC",
    ],
)
def test_laws_patents_and_dockets_are_left_alone(text: str) -> None:
    assert [found(text, language) for language in ("en", "fr", "es", "")] == [[]] * 4


@pytest.mark.parametrize(
    ("language", "text", "category"),
    [
        ("fr", "Passeport numéro {12AB34567}.", "passport"),
        ("es", "Mi pasaporte, número {AAA123456}.", "passport"),
        ("pt", "Passaporte número {FB123456}", "passport"),
        ("zh", "我的护照号是{E12345678}。", "passport"),
        ("fr", "Carte d’identité numéro {880692310285}.", "identity"),
        ("es", "Cédula número {1.234.567.890}", "identity"),
        ("pt", "Bilhete de identidade, número {12345678}", "identity"),
        ("zh", "身份证号是{110101199003071230}。", "identity"),
        ("fr", "Mon numéro est le {612 345 678}.", "phone"),
        ("es", "Mi número es {612345678}.", "phone"),
        ("pt", "O meu número é {912345678}", "phone"),
        ("zh", "我的号码是{5551234}。", "phone"),
        ("ja", "私は{1980年5月3日}生まれです。", "birth"),
        ("fr", "La loi numéro 2019-486, au numéro 1234567.", ""),
        ("es", "El expediente número 2019-1234567.", ""),
        ("zh", "案件号是20191234567890。", ""),
    ],
)
def test_a_number_is_known_by_the_words_before_it(language: str, text: str, category: str) -> None:
    plain = text.replace("{", "").replace("}", "")
    expected = [(category, text[text.index("{") + 1 : text.index("}")])] if category else []
    found = [(each.category, plain[each.start : each.end]) for each in find(plain, language)]
    assert found == expected


def test_findings_are_in_order_apart_and_of_known_kinds() -> None:
    text = " ".join(told for told, _ in TOLD.values())
    findings = find(text, "en")
    assert findings == sorted(findings)
    assert all(one.end <= other.start for one, other in itertools.pairwise(findings))
    assert {each.category for each in findings} <= set(CATEGORIES)
    assert find("ada@example.org", "en") == [Finding(0, 15, "email", "email.address")]


# Each would take minutes where a rule looked back over what it has seen; all are a quarter of a megabyte.
HOSTILE = [
    "1 ",
    "a@",
    "A. ",
    "1.1.",
    ":",
    "Mr A ",
    "5 Aa ",
    "\n",
    "CH93 ",
    "我是王",
    "1 rue ",
    "路1",
    "+1(",
    "Name: ",
    "@a",
    "1生まれ",
    "ID number ",
    "身份证号",
    "都道府県1",
]


def test_no_text_takes_long() -> None:
    started = time.process_time()
    for piece in HOSTILE:
        find((piece * 250_000)[:250_000], "fr")
    assert time.process_time() - started < 60
