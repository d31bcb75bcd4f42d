"""How far coders agree, in tables and words that claim no more than was measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.consultations.models import Sample
from colloquia.consultations.presentation.visit import Visit
from colloquia.consultations.queries.double_coding import Measured
from colloquia.core.components import Fact
from colloquia.core.tables import Column, Table, Words
from colloquia.core.written import with_thousands
from colloquia.engines import agreement as engine
from colloquia.engines.agreement import records

NOTES: dict[str, Words] = {
    "": "",
    records.ONE_CODER: gettext_lazy("Not defined: fewer than two people coded."),
    records.NO_COMMON_UNIT: gettext_lazy("Not defined: no passage was coded twice."),
    records.NO_VARIATION: gettext_lazy("Not defined beyond chance: all answers are the same."),
    records.ONE_UNIT: gettext_lazy("No interval: only one passage was coded twice."),
    records.TWO_CODERS_ONLY: gettext_lazy("Kappa needs exactly two people."),
    records.UNSTABLE: gettext_lazy("No interval: too few passages tell the answers apart."),
}
"""What the engine's notes mean, in the language of the page."""
if set(NOTES) != set(engine.NOTES):
    raise RuntimeError("Every note of the engine needs its words.")


def sample_facts(visit: Visit, sample: Sample) -> list[Fact]:
    """How a sample was drawn, so that it can be drawn again."""
    strata = {"language": _("by language"), "stakeholder": _("by stakeholder group"), "": _("not at all")}
    question = (
        Fact(_("Question"), sample.question_id, visit.url("consultation_question", sample.question_id))
        if sample.question_id
        else Fact(_("Question"), _("The whole docket"))
    )
    drawn = _("%(size)s of %(population)s, by hash with the seed %(seed)s") % {
        "size": with_thousands(sample.size),
        "population": with_thousands(sample.population),
        "seed": sample.seed,
    }
    facts = [
        question,
        Fact(_("Passages drawn"), drawn),
        Fact(_("Stratified"), strata[sample.stratified_by]),
        Fact(
            _("Repetitions of shared text"),
            _("left out") if sample.without_shared else _("may be in the sample"),
        ),
        Fact(_("Themes offered"), len(sample.themes)),
        Fact(_("Drawn"), moment=sample.made_at),
    ]
    if sample.closed_at:
        facts.append(Fact(_("Coding closed"), moment=sample.closed_at))
        if sample.closed_by_id:
            facts.append(Fact(_("Closed before all had finished"), _("yes")))
    return facts


def agreement_table(sample: Sample, found: Measured, people: Mapping[int, str] | None = None) -> Table:
    """Agreement among people, and of the machine with people; with ``people`` (names) each beside it."""
    lines = [
        (_("People among themselves"), found.alpha, found.percentage),
        (_("The machine with people"), found.machine_alpha, found.machine_percentage),
    ]
    for one in found.coders if people is not None else ():
        name = (people or {}).get(one["coder"], str(one["coder"]))
        lines.append((_("The machine with %(name)s") % {"name": name}, one["alpha"], one["percentage"]))
    columns = (
        Column("compared", _("Compared"), note="note"),
        Column("alpha", _("Krippendorff’s alpha"), "decimal"),
        Column("low", _("95% interval from"), "decimal"),
        Column("high", _("to"), "decimal"),
        Column("percentage", _("The same codes"), "share"),
        Column("units", _("Passages compared"), "number"),
        Column("coders", _("People"), "number"),
        Column("missing", _("Passages not compared"), "number"),
    )
    rows = [
        {
            "compared": label,
            **_figures(alpha),
            "alpha": alpha["value"],
            "percentage": percentage["value"],
            "units": alpha["units"],
            "coders": alpha["coders"],
            "missing": alpha["missing"],
        }
        for label, alpha, percentage in lines
    ]
    return Table(
        f"agreement-{sample.number}",
        _("Agreement on sample %(number)s") % {"number": sample.number},
        columns,
        rows,
        base=_(
            "Alpha with the MASI distance between sets of themes: 1 is full agreement, 0 what chance gives. "
            "The interval comes from drawing passages anew."
        ),
    )


def theme_agreement_table(sample: Sample, found: Measured) -> Table:
    """Agreement on each theme by itself, as yes or no."""
    columns = (
        Column("label", _("Theme"), note="note"),
        Column("theme_id", _("Id"), "identifier", shown=False),
        Column("uses", _("Times given"), "number"),
        Column("kappa", _("Cohen’s kappa"), "decimal"),
        Column("low", _("95% interval from"), "decimal"),
        Column("high", _("to"), "decimal"),
        Column("alpha", _("Krippendorff’s alpha"), "decimal", shown=False),
        Column("percentage", _("The same answer"), "share"),
        Column("machine_kappa", _("Kappa, machine with people"), "decimal"),
    )
    rows = [
        {
            "label": one["label"],
            "theme_id": one["id"],
            "uses": one["uses"],
            **_figures(one["kappa"]),
            "kappa": one["kappa"]["value"],
            "alpha": one["alpha"]["value"],
            "percentage": one["percentage"]["value"],
            "machine_kappa": one["machine_kappa"]["value"],
        }
        for one in found.themes
    ]
    return Table(
        f"agreement-{sample.number}-themes",
        _("Agreement by theme, sample %(number)s") % {"number": sample.number},
        columns,
        rows,
        base=_("Whether a theme applies, yes or no. Kappa is given where exactly two people coded."),
    )


def _figures(measure: Mapping[str, Any]) -> dict[str, Any]:
    return {"low": measure["low"], "high": measure["high"], "note": str(NOTES[measure["note"]])}


def of_label(labels: Mapping[str, str], themes: Iterable[str]) -> str:
    """Themes by their labels, in one line; in words where there is none."""
    return "; ".join(labels.get(theme, theme) for theme in themes) or _("none of these")
