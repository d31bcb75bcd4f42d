"""How the figures were made, how good they were measured to be, and what they cannot say."""

from __future__ import annotations

import json

from colloquia.engines.report.content import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Section,
    Table,
    cell,
    foreign,
    plain,
)
from colloquia.engines.report.context import Context


def method(context: Context) -> Section:
    """Method, limits, measured quality, parameters."""
    _ = context.words.gettext
    blocks: list[Block] = [
        Heading(3, plain(_("How it was made")), "method-steps"),
        *(Paragraph(plain(text)) for text in steps(context)),
        Heading(3, plain(_("What it cannot say")), "limits"),
        *(Paragraph(plain(text)) for text in limits(context)),
        Heading(3, plain(_("Measured quality of this run")), "quality"),
    ]
    quality = context.analysis.quality
    if quality:
        blocks.append(
            Table(
                plain(_("Figures measured on this docket")),
                (Column(_("Figure")), Column(_("Value"), "number")),
                tuple(
                    Row((Cell((foreign(_readable(name)),)), cell(_figure(context, value))))
                    for name, value in quality.items()
                ),
            )
        )
    else:
        blocks.append(Paragraph(plain(_("No figure was measured in this run.")), "plain"))
    blocks.append(Heading(3, plain(_("Settings and versions")), "settings"))
    settings = {**context.analysis.parameters, "colloquia": context.options.version}
    blocks.append(
        Table(
            plain(_("The same input with the same settings gives the same result")),
            (Column(_("Setting")), Column(_("Value"))),
            tuple(
                Row(
                    (
                        Cell((foreign(_readable(name)),)),
                        Cell((foreign(_value(value), style="code"),)),
                    )
                )
                for name, value in settings.items()
            ),
        )
    )
    return Section("method", _("Method, limits and measured quality"), tuple(blocks))


def steps(context: Context) -> list[str]:
    """How the figures were made, a paragraph each."""
    _ = context.words.gettext
    return [
        _(
            "Each file was read to text, the text split into passages, and the language of each passage "
            "recognised. Nothing was skipped or cut for its length."
        ),
        _(
            "Submissions with the same text, an edited text or a reworded text were grouped. A group counts "
            "as one distinct message and as as many submissions as it has members."
        ),
        _(
            "Passages in supported languages were compared by meaning, placed with the questions that they "
            "answer, and gathered into themes. Where a sender said which question a text answers, that was "
            "kept."
        ),
        _(
            "Stability says how far a theme came back when the search was repeated with other starting "
            "points and with nine tenths of the passages: stable from 0.75, fairly stable from 0.50, varies "
            "from 0.25, unstable below."
        ),
        _(
            "Every quotation was checked to be an exact part of the stored text before it was shown. "
            "Offsets count Unicode characters from 0; the end is the first character after the passage. A "
            "character that cannot be shown appears as �, and so does one that would show letters in "
            "another order."
        ),
    ]


def limits(context: Context) -> list[str]:
    """What the figures cannot say, a paragraph each."""
    _ = context.words.gettext
    return [
        _("This is machine output. No officer has signed it, and it replaces no reading of the submissions."),
        _(
            "No position of any state, office or person was inferred. Positions are shown only as senders "
            "declared them."
        ),
        _(
            "Those who answer a call choose to do so. Counts describe what was received, not what a public, "
            "a profession or a country thinks."
        ),
        _(
            "Labels and terms are made of frequent words and may mislead; a theme is what its passages say. "
            "Small themes can matter as much as large ones."
        ),
        _(
            "Similar messages are found by closeness of meaning, which also happens by chance. It says "
            "nothing of how, by whom or with what help a text was written."
        ),
    ]


def _readable(name: str) -> str:
    return name.replace("_", " ")


def _figure(context: Context, value: float) -> str:
    if float(value).is_integer() and abs(value) >= 2:
        return context.n(int(value))
    return f"{value:.3f}"


def _value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
