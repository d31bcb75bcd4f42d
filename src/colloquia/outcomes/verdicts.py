"""Words of a verdict on what somebody said: no outcome term may hold one, and prose is looked at for them."""

from __future__ import annotations

import re
import unicodedata

_ENGLISH = (
    r"accept\w*", r"refus\w*", r"reject\w*", r"(?:dis)?agree\w*", r"(?:dis)?approv\w*", r"dismiss\w*",
    r"endors\w*", r"den(?:y|ied|ies)", r"adopt(?:ed|s)", r"declin(?:ed?|es)", r"turn(?:ed|s)? down",
    r"uph(?:eld|olds?)", r"granted", r"not (?:been )?taken up", r"over(?:rul|turn)(?:ed?|es|s)",
    r"conced(?:ed?|es)", r"set aside", r"ruled out", r"vetoed", r"(?:un)?supported", r"thrown out",
)  # fmt: skip
_FRENCH = (
    r"rejet\w*", r"approuv\w*", r"désaccord", r"d['’]accord", r"adopt(?:ée?s?|ons|ent)", r"retenue?s?",
    r"[ée]cart[ée]{1,2}s?", r"accueillie?s?", r"entérin\w*", r"soutenue?s?", r"appuyée?s?",
)  # fmt: skip
_SPANISH = (
    r"acept\w*", r"rechaz\w*", r"rehus\w*", r"aprob\w*", r"de acuerdo", r"acordad\w*", r"deneg\w*",
    r"adoptad\w*", r"acogid\w*", r"desestimad\w*", r"admitid\w*", r"descartad\w*", r"respaldad\w*",
    r"apoyad\w*",
)  # fmt: skip
_RUSSIAN = (
    r"принят\w*(?!\s+(?:к\s+сведению|во\s+внимание))\b", r"отклон\w*", r"отказ\w*", r"отверг\w*",
    r"соглас\w*", r"одобр\w*", r"утвержд[её]н\w*", r"поддерж(?:ан|ива|ал)\w*", r"удовлетвор[её]н\w*",
)  # fmt: skip
_ARABIC = (
    r"مقبول|قبول|رفض|مرفوض|موافق|وافق|متفق عليه|اتفاق على"
    r"|(?<!\w)[وف]?س?[يتن]قبل(?:ون|وا)?(?!\w)|(?<!\w)[وف]?قبل(?:ت|وا|نا)(?!\w)"
    r"|(?<!\w)[وف]?اعتمد(?:ت|وا|نا|ه|ها)?(?!\w)(?!\s+عل[ىي])|(?<!\w)(?:ال)?معتمد(?:ة|ا)?(?!\w)(?!\s+عل[ىي])"
    r"|(?<!\w)[وف]?[يتن]عتمد(?!\w)(?!\s+عل[ىي])"
    r"|تأييد|مؤيد|(?<!\w)[وف]?أيد(?:ت|وا)?(?!\w)|لم [يت]ؤخذ ب|مستبعد|استبعد"
)
_ARABIC_PASSIVE = re.compile("(?<!\\w)[وف]?ق\u064fب\u0650?ل\u064e?(?!\\w)")
_CHINESE = (
    "接受|采纳|採納|拒绝|拒絕|否决|否決|同意|驳回|駁回|批准|核准|认可|認可|赞成|贊成|赞同|贊同|反对|反對|支持|采用|採用"
    "|通过|通過"
)
_LATIN_AND_CYRILLIC = "|".join((*_ENGLISH, *_FRENCH, *_SPANISH, *_RUSSIAN))
_PATTERNS = (
    re.compile(rf"(?<!\w)(?:{_LATIN_AND_CYRILLIC})(?!\w)", re.IGNORECASE),
    re.compile(_ARABIC),
    re.compile(_CHINESE),
)
_ONLY_LABELS = re.compile(
    r"(?<!\w)(?:adopt\w*|support\w*|grants?|concedid\w*|accord[ée]+s?|estimad[oa]s?|octroyée?s?)(?!\w)"
    r"|(?<!\w)(?:ال)?اعتماد(?!\w)|(?<!\w)[أا]قر(?:ت|ه)?(?!\w)",
    re.IGNORECASE,
)
_NO_VERDICT = re.compile(
    r"(?<!не )\bсогласно(?=\s+\w)|(?<!estamos )(?<!está )(?<!están )(?<!estoy )\bde acuerdo (?:con|a)\b"
    r"|(?<!表决)(?<!获)(?<!一致)通过(?=第)",
    re.IGNORECASE,
)
"""“According to” and the like, which hold the letters of a verdict."""
_PLAIN_IN_PROSE = re.compile(
    r"\b(?:mutually |previously )?agreed (?:language|text|wording|terms?|definitions?)\b"
    r"|(?<!in )\bagreements?\b|\bacceptable use\b"
    r"|\badopted (?:an?|its|their|new|laws?|legislation|rules|guidelines|measures)\b"
    r"|\b(?:patents?|rights?|licen[cs]es?|protection|trade ?marks?|titles?)(?: \w+){0,2} granted\b"
    r"|\bgranted (?:patents?|rights?|licen[cs]es?|protection)\b|\b(?:lenguaje|texto) acordado\b"
    r"|\bсогласованн\w+ (?:формулировк|текст|язык)\w*|\bприняти\w+ (?:решени|мер|закон)\w*"
    r"|(?:لغة|صياغة|نص) متفق عليه\w?|(?:مت|ت)وافق|技术支持|支持向量"
    r"|(?<![被获予未不已])(?:采用|採用)(?![。，；！？\s了]|$)"
    r"|(?<![被获予未不已决致])(?:通过|通過)(?![。，；！？\s了]|$)",
    re.IGNORECASE,
)
"""What officers need in a reason and what judges nobody."""
_MARKS = re.compile("[\u064b-\u0652\u0640]")
_SPACED = re.compile(r"(?<!\w)\w(?:[\W_]{1,3}\w){2,}(?!\w)")
_SPACED_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_CYRILLIC_TWINS = str.maketrans("аеорсухіАЕОРСХВНКМТ", "aeopcyxiAEOPCXBHKMT")
_MIXED = re.compile(r"\w*(?:[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z])\w*", re.IGNORECASE)


def verdict_in(label: str) -> str:
    """The first word of a label that says something was accepted, refused or agreed; blank without one."""
    words = _words_in(label, _NO_VERDICT, (*_PATTERNS, _ONLY_LABELS))
    return words[0] if words else ""


def verdicts_in(prose: str) -> tuple[str, ...]:
    """The words of prose that may give a verdict, each once, in their order.

    Fixed expressions such as “agreed language”, “patents granted” and “according to” are none.
    """
    return _words_in(_PLAIN_IN_PROSE.sub(" ", _known(prose)), _NO_VERDICT, _PATTERNS)


def _words_in(text: str, spared: re.Pattern[str], patterns: tuple[re.Pattern[str], ...]) -> tuple[str, ...]:
    whole = _known(text)
    known = spared.sub(" ", _MARKS.sub("", whole))
    found = [(match.start(), match[0]) for each in patterns for match in each.finditer(known)]
    found += [(match.start(), _MARKS.sub("", match[0])) for match in _ARABIC_PASSIVE.finditer(whole)]
    return tuple(dict.fromkeys(word for _start, word in sorted(found)))


def _known(text: str) -> str:
    """The text as a reader takes it: no invisible signs, no spaced letters, no letters of two scripts."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    plain = _MIXED.sub(lambda word: word[0].translate(_CYRILLIC_TWINS), plain)
    plain = _SPACED.sub(lambda run: "".join(filter(str.isalnum, run[0])), plain)
    return " ".join(_SPACED_HAN.sub("", plain).split())
