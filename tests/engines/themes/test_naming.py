"""Names of themes: words with a subject, distinct, in the languages of the passages."""

from __future__ import annotations

import numpy as np
import pytest

from colloquia.engines.personal_data import placeholder
from colloquia.engines.themes.function_words import is_function_word
from colloquia.engines.themes.naming import TERMS, name_themes
from colloquia.engines.themes.terms import terms_of

# Two subjects in each language: authors' licences, and hospital data.
SUBJECTS = {
    "en": (
        "The licence must be asked for by {} before the training starts.",
        "The hospital should share its patient data with {} for free.",
        {"licence", "training", "asked"},
        {"hospital", "patient", "data", "share"},
    ),
    "fr": (
        "La licence doit être demandée par {} avant l'entraînement.",
        "L'hôpital devrait partager ses données avec {} gratuitement.",
        {"licence", "demandée", "l'entraînement"},
        {"l'hôpital", "données", "gratuitement", "partager"},
    ),
    "zh": (
        "训练之前{}必须取得许可证。",
        "医院应该免费与{}共享患者数据。",
        {"许可", "许可证", "训练", "取得许可"},
        {"医院", "患者", "数据", "患者数据", "共享患者"},
    ),
    "ja": (
        "学習の前に{}は許諾を得なければならない。",
        "病院は{}に患者データを無料で共有すべきである。",
        {"許諾", "学習"},
        {"病院", "患者", "データ", "共有", "無料"},
    ),
    "th": (
        "{}ต้องขอใบอนุญาตก่อนการฝึก",
        "โรงพยาบาลควรแบ่งปันข้อมูลผู้ป่วยกับ{}",
        {"ใบอนุญาต", "อนุญาต", "การฝึก"},
        {"โรงพยาบาล", "ข้อมูล", "ผู้ป่วย"},
    ),
    "ar": (
        "يجب على {} طلب الترخيص قبل التدريب.",
        "ينبغي للمستشفى مشاركة بيانات المرضى مع {} مجانا.",
        {"الترخيص", "التدريب", "طلب", "طلب الترخيص"},
        {"للمستشفى", "بيانات", "المرضى", "مشاركة"},
    ),
}
WHO = {
    "en": ["firms", "labs", "banks", "shops", "clubs", "schools"],
    "fr": ["Lyon", "Nantes", "Lille", "Metz", "Brest", "Tours"],
    "zh": ["企业", "银行", "商店", "学校", "工厂", "协会"],
    "ja": ["企業", "銀行", "商店", "学校", "工場", "協会"],
    "th": ["บริษัท", "ธนาคาร", "ร้านค้า", "โรงเรียน", "โรงงาน", "สมาคม"],
    "ar": ["الشركات", "البنوك", "المتاجر", "المدارس", "المصانع", "الجمعيات"],
}


def docket(*languages: str):
    texts, spoken, labels = [], [], []
    for language in languages:
        for theme in (0, 1):
            for who in WHO[language]:
                texts.append(SUBJECTS[language][theme].format(who))
                spoken.append(language)
                labels.append(theme)
    return texts, spoken, np.array(labels)


@pytest.mark.parametrize("language", sorted(SUBJECTS))
def test_a_theme_is_named_by_its_subject_in_its_language(language):
    named = name_themes(*docket(language), 2)
    for theme, (label, terms) in enumerate(named):
        assert 1 <= len(terms) <= TERMS
        assert label.split(" · ") == list(terms[:3])
        wanted = SUBJECTS[language][2 + theme]
        assert any(word in term or term in word for term in terms[:3] for word in wanted)
        assert [term for term in terms if is_function_word(term, language)] == []
    assert set(named[0][1]) & set(named[1][1]) == set()


def test_a_theme_across_languages_has_terms_of_several_languages():
    texts, languages, labels = docket("en", "zh", "ar")
    for _, terms in name_themes(texts, languages, labels, 2):
        assert any(term.isascii() for term in terms)
        assert any("\u0600" <= term[0] <= "\u06ff" for term in terms)


def test_labels_are_distinct_even_of_themes_that_say_the_same():
    texts = ["The licence for training was asked in advance."] * 9
    named = name_themes(texts, ["en"] * 9, np.array([0, 1, 2] * 3), 3)
    assert len({label for label, _ in named}) == 3


def test_words_that_the_whole_docket_uses_name_nothing():
    texts = [f"Machine {word} machine {word}." for word in ("licence", "hospital") for _ in range(6)]
    named = name_themes(texts, ["en"] * 12, np.repeat([0, 1], 6), 2)
    assert [label for label, _ in named] == ["licence", "hospital"] or all(
        "machine" not in terms for _, terms in named
    )


@pytest.mark.parametrize("text", ["", "the of and", "12 34", "…", "a"])
def test_a_theme_without_telling_words_still_has_a_label(text):
    named = name_themes([text, text], ["en", "en"], np.array([0, 1]), 2)
    assert [len(label) > 0 for label, _ in named] == [True, True]
    assert named[0][0] != named[1][0]


def test_a_theme_without_passages_and_passages_without_theme_do_no_harm():
    texts, languages, labels = docket("en")
    labels[:3] = -1
    named = name_themes(texts, languages, labels, 3)
    assert named[2] == ("—", ())
    assert name_themes([], [], np.zeros(0, dtype=np.int64), 0) == []


def test_naming_does_not_depend_on_the_order_of_the_passages():
    texts, languages, labels = docket("en", "fr")
    turned = name_themes(texts[::-1], languages[::-1], labels[::-1], 2)
    assert turned == name_themes(texts, languages, labels, 2)


def test_terms_are_words_and_pairs_or_runs_where_words_have_no_spaces():
    assert terms_of("Open data, l'auteur", "fr") == {
        "open",
        "data",
        "l'auteur",
        "open data",
        "data l'auteur",
    }
    assert terms_of("著作者のデータを守る", "ja") == {"著作者", "データ"}
    assert terms_of("许可证", "zh") == {"许可", "可证", "许可证"}
    assert terms_of("كِتاب", "ar") == {"كتاب"}
    assert terms_of("2026 — ", "en") == set()


@pytest.mark.parametrize("language", ["en", "fr", "zh", "ar"])
def test_what_stands_for_something_redacted_names_nothing(language):
    texts, languages, labels = docket(language)
    put = [placeholder(category, language) for category in ("name", "phone")]
    hidden = [
        f"{put[0]} {text} {put[1]}" if label else text for text, label in zip(texts, labels, strict=True)
    ]
    assert all(terms_of(each, language) for each in put)
    assert name_themes(hidden, languages, labels, 2) == name_themes(texts, languages, labels, 2)
