"""A stated language to its code: "French", "français", "FR", "fr-CA" are all ``fr``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_STATED_IN = ("en", "fr", "es", "ar", "ru", "zh", "de", "it", "ja", "ko", "pt", "nl", "pl", "th", "tr")
_TAG = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]{2,8})*")
_CODES = frozenset(  # of ISO 639-1
    """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
    id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
    lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
    ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
    tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()  # noqa: SIM905 -- 180 quoted codes are harder to check
)


@cache
def language_code(stated: str) -> str:
    """ISO 639-1 code of a stated language, without script or region; "" where it is blank or not known.

    Reads codes, and names in the languages that an analysis supports.
    """
    folded = _fold(stated)
    match = _TAG.fullmatch(folded)
    if match and match[1] in _CODES:
        return match[1]
    return _names().get(folded) or _names().get(folded.split("(")[0].strip(), "") if folded else ""


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(character for character in folded if not unicodedata.combining(character))


@cache
def _names() -> dict[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for stated_in in _STATED_IN:
        for tag, name in Locale.parse(stated_in).languages.items():
            base = str(tag).split("_", maxsplit=1)[0]
            found.setdefault(_fold(str(name)), base)
            if stated_in == "ar" and str(name).startswith("ال"):
                found.setdefault(_fold(str(name)[2:]), base)
    return found
