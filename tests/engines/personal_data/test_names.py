"""Names below a sentence that closes a letter, in scripts without capitals; addresses of other countries."""

from __future__ import annotations

import pytest

from colloquia.engines.personal_data import find

FOUND = [
    ("ar", "الاسم: محمد أحمد علي", "محمد أحمد علي"),
    ("ar", "اسمي محمد أحمد علي", "محمد أحمد علي"),
    ("ar", "اسمي محمد أحمد علي من القاهرة.", "محمد أحمد علي"),
    ("ar", "واسمي سمير خليل أعمل في بيروت", "سمير خليل"),
    ("ar", "اسمي محمد أحمد علي وأعيش في القاهرة.", "محمد أحمد علي"),
    ("ar", "السيد محمد أحمد علي المحترم", "محمد أحمد علي"),
    ("ar", "وتفضلوا بقبول فائق الاحترام،\n\nمحمد أحمد عبد الله حسن\n", "محمد أحمد عبد الله حسن"),
    (
        "fr",
        "Veuillez agréer, Madame, l'expression de mes salutations distinguées.\n\nPaul Durand",
        "Paul Durand",
    ),
    ("fr", "l’assurance de notre haute considération.\r\n\r\nM. Paul DURAND\r\nDirecteur", "Paul DURAND"),
    ("es", "Sin otro particular, le saluda atentamente,\n\nJuan Pérez García\n", "Juan Pérez García"),
    ("ru", "Остаюсь с глубоким уважением,\n\nИван Петров\n", "Иван Петров"),
    ("en", "I remain, dear Sir, yours faithfully,\n\nJohn Smith\n", "John Smith"),
    ("zh", "此致\n敬禮！\n\n陳大文\n", "陳大文"),
    ("zh", "王小明 敬上", "王小明"),
    ("zh", "感谢李先生的意见。", "李"),
    ("zh", "张教授认为应当登记。", "张"),
    ("zh", "聯絡人：陳大文", "陳大文"),
    ("zh", "地址：香港九龍彌敦道100號", "香港九龍彌敦道100號"),
    ("zh", "台北市信義區信義路五段7號", "台北市信義區信義路五段7號"),
    ("zh", "身份證 A123456(3)", "A123456(3)"),
    ("en", "We are at 34 chemin des Colombettes, 1211 Geneva.", "34 chemin des Colombettes, 1211 Geneva"),
    ("en", "Write to Hauptstraße 12, 10115 Berlin.", "Hauptstraße 12, 10115 Berlin"),
    ("en", "Calle de Alcalá 45, 28014 Madrid", "Calle de Alcalá 45, 28014 Madrid"),
    ("fr", "Rua Augusta 12, 1100-053 Lisboa", "Rua Augusta 12, 1100-053 Lisboa"),
    ("en", "Write to john (at) example (dot) org.", "john (at) example (dot) org"),
    ("en", "Write to j.doe[at]example.org.", "j.doe[at]example.org"),
    ("fr", "jean (arobase) exemple (point) fr", "jean (arobase) exemple (point) fr"),
]
LEFT = [
    ("zh", "担任教授多年的工程博士感谢先生，任何先生、对方律师和罗马教授由于先生不在而曾教授法律。"),
    ("zh", "该报道第2号，一位女士说。"),
    ("zh", "編號 A123456(4)"),
    ("en", "They sold (at) 3.5 percent, and look (at) it. A place of 2015 Geneva and 1994 Marrakesh."),
    ("fr", "Nous partageons ces sentiments distingués.\n\nNous pensons que cela suffit."),
    ("es", "Un cordial saludo a todos.\nLa propuesta es buena."),
    ("ar", "الاسم: المنظمة العالمية للملكية الفكرية"),
    ("ar", "نشكر السيد المدير العام على تقريره المفصل"),
]


@pytest.mark.parametrize(("language", "text", "value"), FOUND)
def test_the_whole_of_it_is_found(language: str, text: str, value: str) -> None:
    assert [text[each.start : each.end] for each in find(text, language)] == [value]


@pytest.mark.parametrize(("language", "text"), LEFT)
def test_other_words_are_left_alone(language: str, text: str) -> None:
    assert find(text, language) == []
