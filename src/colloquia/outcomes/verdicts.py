"""Words that would make an outcome a verdict on what somebody said; no outcome term may hold them."""

from __future__ import annotations

import re
import unicodedata

_LATIN = (
    r"accept\w*", r"refus\w*", r"reject\w*", r"(?:dis)?agree\w*", r"(?:dis)?approv\w*", r"dismiss\w*",
    r"endors\w*",
    r"den(?:y|ied|ies)", r"rejet\w*", r"rejeté\w*", r"approuv\w*", r"désaccord", r"d['’]accord", r"acept\w*",
    r"rechaz\w*", r"rehus\w*", r"aprob\w*", r"de acuerdo", r"acordad\w*", r"deneg\w*",
)  # fmt: skip
_RUSSIAN = (
    r"принят\w*(?!\s+к\s+сведению)\b", r"отклон\w*", r"отказ\w*", r"отверг\w*", r"отвергнут\w*",
    r"соглас\w*", r"одобр\w*",
)  # fmt: skip
_ARABIC = r"مقبول|قبول|رفض|مرفوض|موافق|وافق|متفق عليه|اتفاق على"
_CHINESE = "接受|采纳|採納|拒绝|拒絕|否决|否決|同意|驳回|駁回"
_PATTERNS = (
    re.compile(rf"(?<!\w)(?:{'|'.join((*_LATIN, *_RUSSIAN))})(?!\w)", re.IGNORECASE),
    re.compile(_ARABIC),
    re.compile(_CHINESE),
)
_ARABIC_MARKS = re.compile("[\u064b-\u0652\u0640]")


def verdict_in(text: str) -> str:
    """The first word that says something was accepted, refused or agreed; blank where there is none."""
    known = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", text))
    return next((found[0] for pattern in _PATTERNS if (found := pattern.search(known))), "")
