"""A small docket in four languages with everything in it that goes wrong, and its analysis."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from colloquia.engines.analysis import Options, analyse
from colloquia.engines.records import Answer, Incoming, IncomingFile, Paper, Question
from colloquia.engines.results import Analysis

PAPER = Paper(
    "A small paper",
    (
        Question("IP-07.q1", "Should the use of works for training need permission?", "IP-07", "Training"),
        Question("IP-09.q1", "Should output of machines be labelled?", "IP-09", "Labels"),
    ),
)
LETTER = (
    "We ask the office to require permission before any song is used to train a machine. "
    "A register of all works used should be open to everybody who made one of them. "
    "Payment must be fair, regular and decided together with those who are paid."
)
PREAMBLE = "I have repaired pianos in a small harbour town for thirty years."
LABELS = "Pictures made by a machine should carry a label that people can see and machines can read."
FRENCH = (
    "Toute utilisation d'une œuvre pour l'entraînement doit être autorisée à l'avance par son auteur. "
    "Sans autorisation, il ne reste que le procès."
)
CHINESE = "人工智能生成的图片应当加上标签，让读者一眼就能看出来。训练所用的作品清单也应当公开。"
ARABIC = "ينبغي أن تحمل الصور التي تنتجها الآلات علامة واضحة يراها القارئ قبل أن يشاركها مع غيره."
SWAHILI = (
    "Tunaomba watengenezaji wa mifumo hii waweke orodha ya kazi zote zilizotumika kufundisha mifumo yao."
)
OWN = (
    "Our library lends radio plays that were recorded on wire. We would like to let machines listen to them, "
    "so that deaf readers get a transcript, and we do not know whom we should ask."
)
OPTIONS = Options(title="A small docket", year=2026, resamples=2, ocr="off")


def incoming(folder: Path) -> list[Incoming]:
    """A dozen submissions; the files that they attach are written to ``folder``."""
    broken, letter = folder / "broken.pdf", folder / "letter.txt"
    broken.write_bytes(b"%PDF-1.7\nnothing that could be read")
    letter.write_text(f"Training\n\n{OWN}\n", encoding="utf-8")

    def text(identifier, body, question=None, **fields):
        locator = f"responses.csv, row {len(made) + 2}"
        return Incoming(identifier, [Answer(body, locator, question)], **fields)

    made: list[Incoming] = []
    made += [text("R1", LETTER, country="KE", stakeholder="Individual", closed={"Agree?": "Yes"})]
    made += [text("R2", LETTER, country="Kenya", stakeholder="individual", closed={"Agree?": "No"})]
    made += [text("R3", f"{PREAMBLE} {LETTER}", country="FR", position="support")]
    made += [text("R4", LABELS, "IP-09.q1", country="Atlantis", channel="web form")]
    made += [text("R5", FRENCH, country="FR", language="French", closed={"Agree?": "Yes"})]
    made += [text("R6", CHINESE, country="CN")]
    made += [text("R7", ARABIC, country="EG", channel="Web form")]
    made += [text("R8", SWAHILI, country="TZ")]
    made += [text("R9", "On IP-07.q1 we say yes, for all writers of plays and their heirs.")]
    made += [Incoming("R10", files=[IncomingFile("broken.pdf", broken)], country="MX")]
    made += [Incoming("R11", files=[IncomingFile("letter.txt", letter)], problems=["The date is odd."])]
    made += [text("R12", "\ud800 \x00 Labels, please! \U0001f600", "IP-99.q9")]
    made += [Incoming("R13", answers=[Answer("  ", "responses.csv, row 14")])]
    return made


@cache
def analysed(jobs: int = 1, *, with_paper: bool = True) -> Analysis:
    """The analysis of the docket."""
    with TemporaryDirectory(prefix="colloquia-docket-") as folder:
        return analyse(
            incoming(Path(folder)),
            paper=PAPER if with_paper else None,
            options=Options("A small docket", 2026, resamples=2, ocr="off", jobs=jobs),
        )
