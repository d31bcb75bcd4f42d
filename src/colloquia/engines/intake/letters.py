"""The commonest letters of the languages that old encodings were made for, to tell the encodings apart."""

from __future__ import annotations

import re
import unicodedata

# Candidates in order of preference: an earlier one wins a tie (cp1252 before cp1250 for German).
CANDIDATES = (
    ("cp1252", "Windows-1252"),
    ("cp932", "Shift_JIS (CP932)"),
    ("euc_jp", "EUC-JP"),
    ("gb18030", "GB18030"),
    ("big5hkscs", "Big5"),
    ("cp949", "EUC-KR (CP949)"),
    ("cp1251", "Windows-1251"),
    ("koi8-r", "KOI8-R"),
    ("cp1256", "Windows-1256"),
    ("cp1250", "Windows-1250"),
    ("cp1253", "Windows-1253"),
    ("cp1254", "Windows-1254"),
    ("cp1255", "Windows-1255"),
    ("cp1257", "Windows-1257"),
    ("cp874", "Windows-874"),
    ("iso8859-5", "ISO-8859-5"),
    ("mac_roman", "Mac Roman"),
    ("cp866", "CP866"),
    ("cp850", "CP850"),
)
_WESTERN = "éèêëàâçùûüôöîïñóíáúäßãõœæøåÉÈÊÀÂÇÄÖÜÑÓÁÍÚÔÎØÅÆ«»–—’‘“”…€°ªº¿¡•§£\xa0"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяё«»–—№"
_CHINESE_SIMPLIFIED = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没"
    "日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三己老从动两长知民样现分将外但身些与高意进把法此实回二"
    "理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世"
    "智权版作品利产护保识制应该律数据训练。，、；：（）《》"
)
_CHINESE_TRADITIONAL = (
    "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她里後小麼心多天而能好都然沒"
    "日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三己老從動兩長知民樣現分將外但身些與高意進把法此實回二"
    "理美點月明其種聲全工話兒者向情部正名定女問力機給等幾很業最間新什打便位因重被走電四第門相次東政海口使教西再平真聽世"
    "智權版品利產護保識制應該律數據訓練。，、；：（）《》「」"
)
_KOREAN = (
    "이다는의에을를가고하지로도사은기한어인자대리아시나서그부제정해일전보과들있것수라니원상주적만게성여장마공스구비유조우면거"
    "오안소진동중국요무와세문신생각용경법물작권저창데터학습개발발산업필호관련할될된합습당않없때내모위선교연결"
)
_JAPANESE = (
    "".join(chr(code) for code in range(0x3041, 0x30FD))
    + "、。「」・ー的人作品権利著成物法者用生日本文化保護学習開発"
)
EXPECTED = {
    "cp1252": _WESTERN,
    "mac_roman": _WESTERN,
    "cp850": _WESTERN,
    "cp932": _JAPANESE,
    "euc_jp": _JAPANESE,
    "gb18030": _CHINESE_SIMPLIFIED,
    "big5hkscs": _CHINESE_TRADITIONAL,
    "cp949": _KOREAN,
    "cp1251": _CYRILLIC + "іїєґўђјљњћџ",
    "koi8-r": _CYRILLIC,
    "iso8859-5": _CYRILLIC,
    "cp866": _CYRILLIC,
    "cp1256": "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءآأؤإئپچژگ،؛؟ًٌٍَُِّْ",
    "cp1250": "ąćęłńóśźżáčďéěíňřšťúůýžőűäöüßăâîşţĄĆĘŁŚŹŻČŘŠŽ„”–—",
    "cp1253": "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώςϊϋ«»–’",
    "cp1254": "ığşçöüİĞŞÇÖÜâî“”’–",
    "cp1255": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "cp1257": "āčēģīķļņšūžąęėįųõäöüĀČŠŽ„“–",
    "cp874": "".join(chr(code) for code in range(0x0E01, 0x0E4F)),
}
_SETS = {codec: frozenset(letters) for codec, letters in EXPECTED.items()}
# The ten or so most frequent letters: they settle ties between encodings of small alphabets.
_WESTERN_TOP = frozenset("éèàçñóíáêãüäößùòìúõô")
_TOP = {
    **dict.fromkeys(("cp1252", "mac_roman", "cp850"), _WESTERN_TOP),
    **dict.fromkeys(("cp1251", "koi8-r", "iso8859-5", "cp866"), frozenset("оеаинтсрвлі")),
    "cp1256": frozenset("اليمونرتبةع"),
    "cp1250": frozenset("ąęłśżáčěířžýšőůó"),
    "cp1253": frozenset("αοιετσνηυρπ"),
    "cp1254": frozenset("ığşüçö"),
    "cp1255": frozenset("יוהלראתמבש"),
    "cp1257": frozenset("āīēšėąųžõä"),
}
_CONTROL = frozenset(chr(code) for code in range(0x80, 0xA0))
_LATIN = frozenset(("cp1252", "mac_roman", "cp850", "cp1250", "cp1254", "cp1257"))
_BOTH_SCRIPTS = re.compile(r"[A-Za-z](?=[^\W\x00-\x7f])|[^\W\x00-\x7f](?=[A-Za-z])")
_RUN = re.compile(r"[^\W\x00-\x7f]{3,}")
# Thai fills its code page so evenly that any two-byte text reads as Thai letters.
_HANDICAP = {"cp874": 0.3}


def share_of_expected(data: bytes, codec: str) -> float:
    """How much the characters beyond ASCII read like a language of this encoding: higher is likelier.

    Between about -2 and 1.2; wrong encodings score low because they read letters as rare ones or as
    signs, or mix scripts within words.
    """
    text = data.decode(codec, errors="replace")
    counts: dict[str, int] = {}
    for character in text:
        if character > "\x7f":
            counts[character] = counts.get(character, 0) + 1
    total = sum(counts.values())
    if not total:
        return 0.0
    expected = _SETS[codec]
    top = _TOP.get(codec, expected)
    score = 0.0
    for character, count in counts.items():
        if character in expected:
            score += count * (1.2 if character in top else 1.0)
        elif character == "\ufffd" or character in _CONTROL or "\uff61" <= character <= "\uff9f":
            score -= 2 * count
        elif "\u3400" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3":
            score += 0.3 * count
        elif unicodedata.category(character) in {"So", "Sm", "Sk", "Cn", "Co"}:
            score -= 2 * count
    if codec in _LATIN:
        score -= sum(len(run) for run in _RUN.findall(text))
    elif codec.startswith(("cp12", "koi", "iso", "cp866")):
        score -= len(_BOTH_SCRIPTS.findall(text))
    return score / total - _HANDICAP.get(codec, 0.0)
