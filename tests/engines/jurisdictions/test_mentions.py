"""Names of territories in prose: inflected, with prefixes and articles, and words that only look alike."""

import pytest

from colloquia.engines.jurisdictions import load_profile
from colloquia.engines.jurisdictions.mentions import territory_named_in


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Japan is right", "Japan"),
        ("the view of the United States", "United States"),
        ("of the U.S. was", "US"),
        ("la position de l’Allemagne", "Allemagne"),
        ("en Côte d'Ivoire", "Côte Ivoire"),
        ("позиция Японии отклонена", "Японии"),
        ("предложение Соединенных Штатов Америки", "Соединенных Штатов Америки"),
        ("мнение Китая", "Китая"),
        ("رفض مقترح لليابان", "لليابان"),
        ("ومقترح لمصر", "لمصر"),
        ("日本的提案", "日本"),
        ("Korea spoke first", "Korea"),
        ("a turkey, told to us", ""),
        ("Более того, это данные", ""),
        ("Данные и Литература", ""),
        ("الأثر المالي كما ورد", ""),
        ("Member States, WIPO and the PCT; Man-made", ""),
    ],
)
def test_territories_are_found_in_prose(text, name):
    assert territory_named_in(text, load_profile()) == name
