"""Names of files in a cell, and sentences that only point to an attachment."""

from __future__ import annotations

import re
import unicodedata

_SPLIT = re.compile(r"\s*[;|\r\n]+\s*")
_COMMA = re.compile(r",\s*")
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://")
LONGEST_POINTER = 160
_POINTERS = re.compile(
    r"\b(?:see|refer to|please (?:see|find|refer)|as per|in)\b.{0,30}"
    r"\b(?:attach\w*|annex\w*|enclos\w*|uploaded|appendix)"
    r"|\b(?:attached|enclosed|uploaded)\b.{0,20}\b(?:file|document|pdf|letter|response|submission|statement)"
    r"|\b(?:file|document|response|submission|letter)\b.{0,15}\b(?:attached|enclosed|uploaded)"
    r"|\bvoir\b.{0,25}(?:pi[eè]ces? jointes?|annexes?|document joint)|\bci-joint"
    r"|\b(?:v[eé]ase|ver)\b.{0,25}(?:adjunt|anex)|\bse adjunta"
    r"|\bсм\.?\s.{0,25}(?:приложен|вложен)|\bво? вложении|\bприлагается"
    r"|[见見]\s*附件|参见附件|详见附|詳見附|請見附|请见附|如附件"
    r"|(?:انظر|راجع|يرجى الاطلاع على)\s.{0,25}(?:مرفق|ملحق)|مرفق طيه"
    r"|\bsiehe\b.{0,25}(?:anhang|anlage|beigef)|\bim anhang\b"
    r"|\bvedi\b.{0,25}allegat|\bver\b.{0,25}anexo|\bem anexo\b"
    r"|添付(?:資料|ファイル|文書)?(?:を|の|に)?.{0,6}(?:参照|ご覧|とおり|通り)|別添|別紙"
    r"|첨부\s?(?:파일|문서|자료)?(?:을|를)?\s?.{0,6}(?:참조|참고)|별첨",
    re.IGNORECASE,
)


def named_files(cell: str) -> list[str]:
    """The names, paths or addresses in a cell, split at semicolons, bars, line ends, and commas between
    names.
    """
    names: list[str] = []
    for part in _SPLIT.split(cell.strip()):
        pieces = _COMMA.split(part)
        each_named = len(pieces) > 1 and all(
            _ENDING.search(piece.strip()) or _ADDRESS.match(piece) for piece in pieces
        )
        names.extend(
            piece.strip().strip('"') for piece in (pieces if each_named else [part]) if piece.strip()
        )
    return names


def points_to_attachment(text: str) -> bool:
    """Whether a short answer only says that the answer is in an attachment."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return 0 < len(plain) <= LONGEST_POINTER and _POINTERS.search(plain) is not None
