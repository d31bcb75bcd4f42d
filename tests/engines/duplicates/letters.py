"""Letters in several scripts, and ways to change them, for the tests of this folder."""

from __future__ import annotations

import random

ENGLISH = (
    "We urge the office to protect authors whose works are used to train machines. "
    "Licences must be asked for in advance, and payment must be fair and regular. "
    "Exceptions for research should not become a door for everybody else."
)
SECOND = (
    "Libraries in small countries keep newspapers that nobody else will ever scan. "
    "Allow them to copy and study what stands on their own shelves. "
    "A contract should not take away what the law has given to readers."
)
SCRIPTS = {
    "chinese": (
        "我们要求保护作者的权利，训练人工智能必"
        "须事先取得许可，并支付合理报酬。例外不"
        "应扩大到商业用途，登记册应当公开。"
    ),
    "arabic": (
        "نطالب بحماية حقوق المؤلفين الذين تستخدم أ"
        "عمالهم في تدريب الآلات. يجب طلب الترخيص م"
        "سبقا ودفع أجر عادل ومنتظم لكل صاحب حق."
    ),
    "thai": (
        "เราขอให้คุ้มครองสิทธิของผู้สร้างสรรค์ การฝึกปั"
        "ญญาประดิษฐ์ต้องได้รับอนุญาตก่อน และต้องจ่ายค่า"
        "ตอบแทนอย่างเป็นธรรมทุกครั้งที่มีการใช้ผลงาน"
    ),
    "japanese": (
        "著作者の権利を守ることを求めます。人工知能"
        "の学習には事前の許諾と公正な報酬が必要です"
        "。例外を商業利用に広げてはなりません。"
    ),
    "russian": (
        "Просим защитить авторов, чьи произведения служ"
        "ат обучению машин. Разрешение нужно спрашивать"
        " заранее, а платить справедливо и регулярно."
    ),
}
PREAMBLE = (
    "I have taught the oboe for thirty years in a town by the sea, and most of my pupils write songs. "
    "Last winter two of them found their recordings in an advertisement for shoes which they had never seen. "
    "Their mother runs a bakery and had to borrow money for a lawyer who then did not answer the telephone. "
)


def edited(text: str, seed: int, rate: float = 0.1) -> str:
    """Exchange about ``rate`` of the words for invented ones."""
    rng = random.Random(seed)
    return " ".join(
        "".join(rng.choices("abdegiklmnoprstu", k=6)) if rng.random() < rate else word
        for word in text.split(" ")
    )
