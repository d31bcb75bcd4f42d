"""Passages made up for these tests, and short ways to build answers."""

from __future__ import annotations

import json
from typing import Any

from colloquia.engines.drafting import Evidence, Prompt, ThemeBrief, prompt_for_name, prompt_for_summary

NONCE = "00112233445566778899aabbccddeeff"
LICENCE = "Training on protected works needs a licence. We reject the view that reading is enough."
REGISTER = "“A public register” would help: it shows which works were used,\nand when."
ARABIC = "يجب الحصول على ترخيص قبل التدريب. والشفافية شرط للثقة."
CHINESE = "训练之前必须取得许可。应当公开所使用的作品。"

EVIDENCE = (
    Evidence("S-1.p1", LICENCE, "en", "company", "S-1"),
    Evidence("S-2.p1", REGISTER, "en", "author", "S-2"),
    Evidence("S-3.p1", ARABIC, "ar", "author", "S-3"),
    Evidence("S-4.p1", CHINESE, "zh", "academic", "S-4"),
)
BRIEF = ThemeBrief("T1", "licence; register", ("licence", "register"), EVIDENCE)


def name_prompt(language: str = "en", brief: ThemeBrief = BRIEF) -> Prompt:
    return prompt_for_name(brief, language, nonce=NONCE)


def summary_prompt(language: str = "en", brief: ThemeBrief = BRIEF) -> Prompt:
    return prompt_for_summary(brief, "What should training need?", language, nonce=NONCE)


def quoted(*pairs: tuple[int, str]) -> list[dict[str, Any]]:
    return [{"passage": number, "quote": quote} for number, quote in pairs]


TWO = quoted((1, "Training on protected works needs a licence."), (2, "it shows which works were used"))


def name(text: Any, support: Any = TWO) -> str:
    return json.dumps({"name": text, "support": support})


def sentences(*items: tuple[Any, Any]) -> str:
    return json.dumps({"sentences": [{"text": text, "support": support} for text, support in items]})
