"""Postal addresses: a street with its number, and what stands right around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from colloquia.engines.personal_data.cues import languages_for, languages_in
from colloquia.engines.personal_data.records import Finding

_NAME = r"[^\W\d_][\w’'.-]{0,24}"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.-]{0,24}"
_TOWN_WORD = r"[A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-öø-ÿā-ž’'-]{1,24}"
_TOWN = rf"{_TOWN_WORD}(?:[ -]{_TOWN_WORD}){{0,2}}"
_EN_STREET = (
    "Street|St\\.?|Avenue|Ave\\.?|Road|Rd\\.?|Lane|Ln\\.?|Drive|Dr\\.?|Boulevard|Blvd\\.?|Square|Court|Ct\\.?"
    "|Place|Terrace|Crescent|Close|Parkway|Pkwy\\.?|Highway|Hwy\\.?|Circle"
)

_EN = (
    rf"(?<![\w.])\d{{1,5}}[A-Za-z]? (?:{_CAPITAL} |\d{{1,3}}(?:st|nd|rd|th) ){{1,4}}(?:{_EN_STREET})(?![\w])"
    r"(?:,? (?:N\.?W\.?|N\.?E\.?|S\.?W\.?|S\.?E\.?)(?!\w))?"
    r"(?:,? (?:Suite|Apt\.?|Apartment|Flat|Unit|Floor|#) ?[\w-]{1,6})?"
    rf"(?:,\s{{0,2}}{_TOWN})?(?:,? [A-Z]{{2}}(?= \d))?"
    r"(?:,? (?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}))?"
)
_FR = (
    r"(?<![\w.])\d{1,4}(?: ?(?:bis|ter|quater))?,? "
    r"(?i:rue|avenue|boulevard|place|chemin|route|impasse|allée|quai|cours|square|passage|av\.|bd\.?|bld)"
    rf"(?: (?:de|du|des|la|le|les|l’|l'|d’|d'|{_CAPITAL}|[dl][’']{_NAME})(?!\w)){{1,6}}"
    rf"(?:,?\s{{1,2}}(?:F-|CH-|B-)?\d{{4,5}} {_TOWN})?"
)
_FR_BOX = rf"(?<!\w)(?:BP|B\.P\.|boîte postale) \d{{1,6}}(?:,? \d{{4,5}} {_TOWN})?"
_ES = (
    r"(?<!\w)(?i:calle|c/|avenida|avda\.|av\.|plaza|paseo|carrera|camino|ronda|travesía)"
    rf"(?: {_NAME}){{1,6}}?,? (?:n[.º°]{{1,2}} ?)?\d{{1,4}}(?!\d|\.\d)"
    rf"(?:, ?\d{{1,2}}[.º°ª]{{1,2}} ?[A-Z]?)?(?:,? \d{{5}} {_TOWN})?"
)
_DE = (
    r"(?<!\w)[A-ZÄÖÜ][\wß-]{1,24}(?:straße|strasse|str\.|weg|platz|allee|gasse|damm|ufer)"
    rf" \d{{1,4}} ?[a-z]?(?!\w)(?:,?\s{{1,2}}(?:D-|CH-|A-)?\d{{4,5}} {_TOWN})?"
)
_DE_APART = (
    rf"(?<!\w)(?:{_CAPITAL} ){{1,2}}(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Markt) \d{{1,4}} ?[a-z]?(?!\w)"
    rf"(?:,? \d{{4,5}} {_TOWN})?"
)
_PT = (
    rf"(?<!\w)(?i:rua|avenida|av\.|travessa|praça|largo|alameda|estrada)(?: {_NAME}){{1,6}}?"
    rf",? (?:n\.?[º°]? ?)?\d{{1,5}}(?!\d|\.\d)(?:,? \d{{4,5}}-\d{{3}}(?: {_TOWN})?)?"
)
_RU = (
    r"(?:(?<!\d)\d{6},? )?(?:(?:г\.|город) ?[А-ЯЁ][\w-]{1,24},? )?"
    r"(?<!\w)(?:ул\.|улица|улице|пр\.|пр-т|просп\.|проспект|пер\.|переулок|бульвар|б-р|наб\.|набережная|шоссе"
    r"|ш\.|пл\.|площадь) ?[А-ЯЁ\d][\w.-]{0,24}(?: [А-ЯЁ][\w.-]{0,24}){0,2}"
    r",? (?:д\.|дом)? ?\d{1,4}[а-я]?(?!\w)"
    r"(?:,? (?:к\.|корп\.|корпус|стр\.) ?\d{1,3})?(?:,? (?:кв\.|квартира|оф\.|офис) ?\d{1,4})?"
)
_RU_AFTER = (
    r"(?<!\w)[А-ЯЁ][а-яё-]{2,24} (?:проспект|пр\.|пр-т|улица|ул\.|переулок|пер\.|бульвар|шоссе|набережная"
    r"|площадь),? (?:д\.|дом)? ?\d{1,4}[а-я]?(?!\w)"
)
_AR = r"(?:\d{1,4} )?(?<!\w)(?:شارع|طريق)(?: [^\W\d_]{2,15}){1,4}?,?،? (?:رقم |مبنى |عمارة )?\d{1,4}(?!\d)"
_ZH = (
    r"[\u4e00-\u9fff]{1,18}(?:路|街|大道|道|巷|胡同|弄|段|里|徑)\d{1,5}(?:[巷弄]\d{1,4}){0,2}[号號]"
    r"(?:[\u4e00-\u9fff]{0,6}\d{1,4}(?:室|楼|樓|层|層|栋|棟|座|单元|單元|号|號)){0,3}"
)
_JA_POSTCODE = (
    r"〒 ?\d{3}-\d{4}(?:\s{0,2}[^\s\d,。、]{2,20}\d{1,4}(?:[丁目番地号-]{1,2}\d{1,4}){0,3}(?:番地|号|番)?)?"
)
_JA = (
    r"[\u4e00-\u9fff]{1,6}[都道府県][\u4e00-\u9fff\u3040-\u30ff]{1,14}\d{1,3}"
    r"(?:番地|番|(?:丁目|-)\d{1,3}(?:番地?|-)?(?:\d{1,3}号?)?)"
)
_KO = r"[가-힣]{2,10}(?:시|도) [가-힣]{1,8}(?:구|군|시) [가-힣\d]{1,12}(?:로|길) ?\d{1,4}(?:-\d{1,4})?"

SHAPES: dict[str, tuple[str, ...]] = {
    "en": (_EN, r"(?<!\w)P\. ?O\. ?Box \d{1,6}|(?<!\w)PO Box \d{1,6}"),
    "fr": (_FR, _FR_BOX),
    "es": (_ES, r"(?<!\w)(?:Apartado de Correos|Apdo\.(?: de Correos)?) \d{1,6}"),
    "de": (_DE, _DE_APART, r"(?<!\w)Postfach \d{1,3}(?: ?\d{2,3}){0,2}"),
    "pt": (_PT,),
    "ru": (_RU, _RU_AFTER),
    "ar": (
        _AR,
        r"(?<!\d)\d{1,4} شارع(?: [^\W\d_]{2,15}){1,3}",
        r"(?<!\w)(?:ص\. ?ب\.?|صندوق بريد(?:ي)?)(?: رقم)? ?:? ?\d{1,7}",
    ),
    "zh": (_ZH,),
    "ja": (_JA_POSTCODE, _JA),
    "ko": (_KO,),
}

# Within a text of another language a street needs its postcode and town to be told from other words.
_POSTCODE = rf",?\s{{1,2}}(?:[A-Z]{{1,2}}-)?\d{{4,5}}(?:-\d{{3}})? {_TOWN}"
_FOREIGN = {
    "fr": (
        r"(?<![\w.])\d{1,4}(?: ?(?:bis|ter|quater))?,? "
        r"(?i:rue|avenue|boulevard|place|chemin|route|impasse|allée|quai|cours|square|passage|av\.|bd\.?|bld)"
        rf"(?: (?:de|du|des|la|le|les|{_CAPITAL}|[ldLD][’']{_NAME})(?!\w)){{1,6}}{_POSTCODE}"
    ),
    "es": (
        r"(?<!\w)(?i:calle|c/|avenida|avda\.|av\.|plaza|paseo|carrera|camino|ronda|travesía)"
        rf"(?: {_NAME}){{1,6}}?,? (?:n[.º°]{{1,2}} ?)?\d{{1,4}}{_POSTCODE}"
    ),
    "de": (
        rf"(?<!\w)(?:[A-ZÄÖÜ][\wß-]{{1,24}}(?:straße|strasse|str\.|weg|platz|allee|gasse|damm|ufer)"
        rf"|(?:{_CAPITAL} ){{1,2}}(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Markt))"
        rf" \d{{1,4}} ?[a-z]?{_POSTCODE}"
    ),
    "pt": (
        r"(?<!\w)(?i:rua|avenida|travessa|praça|largo|alameda|estrada)"
        rf"(?: {_NAME}){{1,6}}?,? (?:n\.?[º°]? ?)?\d{{1,5}}{_POSTCODE}"
    ),
}
_FOREIGN_HOLDS = re.compile(r"\d{4} [A-ZÀ-ÖØ-ÞĀ-Ž]|\d{4}-\d{3} [A-ZÀ-ÖØ-ÞĀ-Ž]")

# What every shape of the language holds: looking for it alone is quicker than any of them.
_MUST_HOLD = {
    "ru": re.compile("ул|пр|пер|бульвар|б-р|наб|шоссе|ш\\.|пл"),
    "ar": re.compile("شارع|طريق|ص\\. ?ب|صندوق"),
    "zh": re.compile(r"[路街道巷同弄段里徑]\d{1,5}[号號弄巷]"),
    "ja": re.compile("〒|[都道府県][\u4e00-\u9fff\u3040-\u30ff]{1,14}\\d"),
    "ko": re.compile("(?:로|길) ?\\d"),
}
_LEAD_ZH = re.compile(r"[\s\S]*(?:住址是?|地址是?|住在|位于|位於|寄到|我家在|居住于|居住於|住)")


def addresses(text: str, language: str) -> Iterator[Finding]:
    """Streets with numbers and post-office boxes, in a plain text."""
    for code in languages_in(text, language):
        if code in _MUST_HOLD and not _MUST_HOLD[code].search(text):
            continue
        for shape in _shapes(code):
            for found in shape.finditer(text):
                start = found.start()
                if code == "zh" and (lead := _LEAD_ZH.match(found[0])):
                    start += lead.end()
                yield Finding(start, found.end(), "address", f"address.{code}")
    if _FOREIGN_HOLDS.search(text):
        for code, foreign in _foreign(languages_for(language)):
            for found in foreign.finditer(text):
                yield Finding(*found.span(), "address", f"address.{code}")


@cache
def _shapes(code: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(shape) for shape in SHAPES.get(code, ()))


@cache
def _foreign(own: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The shapes of languages whose own rules do not run."""
    return tuple((code, re.compile(shape)) for code, shape in _FOREIGN.items() if code not in own)
