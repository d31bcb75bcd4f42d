"""Which encoding a text is in, judged by how much it looks like a language in each."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

SAMPLE = 50_000

_COMMON = {
    "cp1252": "éèêëàâäáãåçñóòôöõíìîïúùûüßæøœÉÈÀÂÄÁÃÅÇÑÓÖÕÍÚÜØÆŒºª«»“”‘’–—…€°§¿¡·•\xa0©®™",
    "cp1254": "ğışçöüâîûİŞÇÖÜĞéàèôñäáóíúâ«»“”‘’–—…€°§\xa0",
    "cp1250": "ąćęłńśźżáčďéěíňóřšťúůýžőűäöüôşţăâîđßŁŚŻČŠŽÁÉÓÖÜ„”“’–—…«»§°\xa0",
    "cp1251": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґѓќўџљњј«»“”„’–—…№\xa0",
    "koi8_r": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё\xa0",
    "cp1256": "اليمونتربةعدسفهكقأحجشطصخإىذثئءظغضآؤزپچژگ،؛؟ًٌٍَُِّْـ«»“”’–—…\xa0\u200c\u200f\u200e",
    "cp1253": "αοιετσνηυρπκμλςθδγωχφβξζψάέήίόύώΐϊϋ«»“”’–—…\xa0",
    "cp1255": "יוהלארתבשמנכעדקחספטגצזםןךףץ־“”’–—…\xa0",
    "cp874": "กขคงจชซญณดตถทธนบปผฝพฟภมยรลวศษสหอฮะาำเแโใไัิีึืุู็่้๊๋์ํๆฯ“”‘’–—…\xa0",
    "cp932": (
        "のにはをたがでとしるいてなかっれらもすこりあまさどスンルイトドリクラ日本人的会国事年者法作権生成"
        "、。「」・（）ー"
    ),
    "gb18030": (
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后"
        "作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因"
        "只从想实权与及知识产智新版、。，；：“”（）《》"
    ),
    "big5hkscs": (
        "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後"
        "作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因"
        "只從想實權與及知識產智新版、。，；：「」（）《》"
    ),
    "cp949": (
        "이다는에의을를가고하지사기인로도한자정리어시대아해서부일제그수나라만보장전스상있으과적인공성구은들것"
    ),
}
_COMMON["euc_jp"] = _COMMON["cp932"]
_SINGLE_BYTE = ("cp1252", "cp1254", "cp1250", "cp1251", "koi8_r", "cp1256", "cp1253", "cp1255", "cp874")
_ORDERED = ("cp1251", "koi8_r", "cp1256", "cp1253", "cp1255")
_DAILY = 14
_LATIN = ("cp1252", "cp1254", "cp1250")


def best_guess(data: bytes) -> str:
    """Return Python's name of the most plausible encoding of a text that is not UTF-8."""
    sample = _whole_lines(data)
    scores = {encoding: _score(sample, encoding) for encoding in _COMMON}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] > 0 else "cp1252"


def _whole_lines(data: bytes) -> bytes:
    """Take a piece that ends with a line, so that no character is cut, from where the text is not ASCII."""
    high = re.search(rb"[\x80-\xff]", data)
    first = high.start() if high else 0
    begin = data.rfind(b"\n", 0, first) + 1
    if first - begin > SAMPLE:
        begin = first
    if len(data) - begin <= SAMPLE:
        return data[begin:]
    end = data.rfind(b"\n", begin, begin + SAMPLE)
    return data[begin : end if end > first else begin + SAMPLE]


def _score(sample: bytes, encoding: str) -> float:
    """Return the mean plausibility of the characters beyond ASCII, 1 at best."""
    text = sample.decode(encoding, "replace")
    foreign = Counter(character for character in text if character > "\x7f")
    total = sum(foreign.values())
    if not total:
        return 0.0
    order = _COMMON[encoding]
    common = frozenset(order)
    seldom = frozenset(order[_DAILY:]) if encoding in _ORDERED else frozenset()
    weigh = _weigh_letter if encoding in _SINGLE_BYTE else _weigh_ideograph
    points = sum(count * (1.0 if character in common else weigh(character, encoding))
                 for character, count in foreign.items())  # fmt: skip
    points -= 6.0 * max(0, foreign["\ufffd"] - 1)
    points -= sum(0.4 * count for character, count in foreign.items() if character in seldom)
    return (points - _breaches(text, encoding)) / total


def _weigh_letter(character: str, encoding: str) -> float:
    if character == "\ufffd" or character < "\xa0":
        return -2.0
    if not character.isalpha():
        return -0.6
    return 0.5 if character.lower() in _COMMON[encoding] else -0.5


def _weigh_ideograph(character: str, encoding: str) -> float:
    if character == "\ufffd" or "\ue000" <= character <= "\uf8ff" or character > "\uffff":
        return -2.0
    if "\u3040" <= character <= "\u30ff":
        return 1.0 if encoding in ("cp932", "euc_jp") else -0.3
    if "\uff61" <= character <= "\uff9f":
        return -1.0
    if "\uac00" <= character <= "\ud7a3":
        return 0.5 if len(character.encode("euc_kr", "ignore")) == 2 else -0.5
    if "\u4e00" <= character <= "\u9fff":
        return _weigh_han(character, encoding)
    return 0.0 if "\u3000" <= character <= "\u303f" or "\uff01" <= character <= "\uff5e" else -0.7


def _weigh_han(character: str, encoding: str) -> float:
    """Judge by the first level of each standard, which holds the characters in daily use."""
    if encoding == "cp949":
        return -0.6
    standard, last = {
        "gb18030": ("gb2312", 0xD7),
        "big5hkscs": ("big5", 0xC6),
    }.get(encoding, ("euc_jp", 0xCF))
    code = character.encode(standard, "ignore")
    return 0.3 if len(code) == 2 and code[0] <= last else -0.5


_RUN = re.compile(r"[^\x00-\x7f\xa0«»“”‘’–—…°§]{3,}")
_MIXED = re.compile(r"[A-Za-z](?=[^\W\d_A-Za-z])|[^\W\d_A-Za-z](?=[A-Za-z])")


def _breaches(text: str, encoding: str) -> float:
    """Count what no language does: capitals after small letters, scripts mixed in a word."""
    if encoding in _LATIN:
        return sum(map(len, _RUN.findall(text))) * 1.0 + _capitals(text)
    if encoding in _SINGLE_BYTE:
        return len(_MIXED.findall(text)) * 1.0 + _capitals(text)
    return 0.0


def _capitals(text: str) -> float:
    return sum(
        1.0 for first, second in pairwise(text) if second > "\x7f" and first.islower() and second.isupper()
    )
