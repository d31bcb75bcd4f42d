"""The ten lines to read first: computed sentences, each ending in links to what it rests on."""

from __future__ import annotations

from colloquia.engines.report.content import Paragraph, Run, Runs, Section, fill, foreign, join, plain
from colloquia.engines.report.context import Context
from colloquia.engines.report.text import anchor
from colloquia.engines.results import Breakdown, Theme

QUESTIONS_NAMED = 3
THEMES_NAMED = 3


def brief(context: Context) -> Section:
    """What the reader must know, and nothing that is not counted elsewhere in the report."""
    lines = [
        _received(context),
        _waiting(context),
        *_questions(context),
        *_themes(context),
        *_small_themes(context),
        *_shared(context),
        *_senders(context),
        *_languages(context),
        *_stability(context),
    ]
    return Section("brief", context.words.gettext("What to know first"), tuple(lines))


def _line(runs: Runs, *evidence: Run) -> Paragraph:
    links = join([(one,) for one in evidence], " · ")
    return Paragraph((*runs, Run(" ["), *links, Run("]")))


def _received(context: Context) -> Paragraph:
    words, funnel = context.words, context.analysis.funnel
    sentence = words.ngettext(
        "{n} submission was received.", "{n} submissions were received.", funnel.received
    ).format(n=words.number(funnel.received))
    rest = words.gettext("Analysed: {analysed}. Distinct messages, counting a shared text once: {messages}.")
    runs = fill(
        "{sentence} " + rest,
        sentence=Run(sentence, style="strong"),
        analysed=words.number(funnel.analysed),
        messages=words.number(funnel.distinct_messages),
    )
    return _line(runs, Run(words.gettext("what was received"), target="received"))


def _waiting(context: Context) -> Paragraph:
    words, funnel = context.words, context.analysis.funnel
    waiting = funnel.unreadable + funnel.unsupported
    link = Run(words.gettext("to be read by a person"), target="waiting")
    if waiting == 0:
        return _line(plain(words.gettext("No submission is left that the program could not read.")), link)
    sentence = words.ngettext(
        "{n} submission is in none of the themes and must be read by a person:",
        "{n} submissions are in none of the themes and must be read by a person:",
        waiting,
    ).format(n=words.number(waiting))
    rest = words.gettext("no readable text {unreadable}, unsupported language {unsupported}.")
    return _line(
        plain(
            f"{sentence} "
            + rest.format(
                unreadable=words.number(funnel.unreadable), unsupported=words.number(funnel.unsupported)
            )
        ),
        link,
    )


def _questions(context: Context) -> list[Paragraph]:
    words, index = context.words, context.index
    order = index.question_order()
    if not order:
        return []
    counts = {one: index.counts[one].distinct_messages for one in order if one in index.counts}
    largest = sorted((one for one in counts if counts[one]), key=lambda one: (-counts[one], order.index(one)))
    silent = [one for one in order if not counts.get(one)]
    runs: list[Run] = []
    if largest:
        named = [
            (
                foreign(one, target=anchor("q", one)),
                Run(f" ({words.number(counts[one])})"),
            )
            for one in largest[:QUESTIONS_NAMED]
        ]
        runs += fill(
            words.gettext("Questions with most distinct messages: {questions}."),
            questions=join(named, words.comma),
        )
        runs.append(Run(" "))
    if silent:
        runs.append(
            Run(
                words.ngettext(
                    "{n} question of {total} received no answer.",
                    "{n} questions of {total} received no answer.",
                    len(silent),
                ).format(n=words.number(len(silent)), total=words.number(len(order)))
            )
        )
    else:
        runs.append(Run(words.gettext("Every question received an answer.")))
    return [_line(tuple(runs), Run(words.gettext("counts by question"), target="questions"))]


def _themes(context: Context) -> list[Paragraph]:
    index = context.index
    counts = index.counts
    order = index.question_order()
    answered = sorted(
        (one for one in order if index.roots.get(one)),
        key=lambda one: (-counts[one].distinct_messages if one in counts else 0, order.index(one)),
    )
    chosen: list[str | None] = list(answered[:QUESTIONS_NAMED])
    if not chosen and index.roots.get(None):
        chosen = [None]
    return [_theme_line(context, question) for question in chosen]


def _theme_line(context: Context, question: str | None) -> Paragraph:
    words, index = context.words, context.index
    roots = index.roots[question][:THEMES_NAMED]
    named = [_theme_name(context, theme) for theme in roots]
    if question is None:
        runs = fill(
            words.gettext("Largest themes by distinct messages: {themes}."),
            themes=join(named, words.semicolon),
        )
        place = Run(words.gettext("all themes"), target="themes-all")
    else:
        count = index.counts.get(question)
        base = count.distinct_messages if count else 0
        runs = fill(
            words.gettext("On {question} ({base}), the largest themes: {themes}."),
            question=_in_words(context, question),
            base=context.messages(base),
            themes=join(named, words.semicolon),
        )
        place = Run(words.gettext("all themes"), target=anchor("q", question))
    quotes = [
        Run(one.passage.passage_id, target=anchor("e", one.passage.passage_id), style="code")
        for theme in roots
        for one in context.citations.of_theme.get(theme.theme_id, [])[:1]
    ]
    return _line(runs, place, *quotes)


def _in_words(context: Context, question: str) -> Runs:
    """The id of a question and its text; who reads only the first page knows none by its id."""
    known, paper = context.index.questions.get(question), context.analysis.paper
    named = (foreign(question, target=anchor("q", question)),)
    if known is None or paper is None:
        return named
    before, after = context.words.quotes
    return (*named, Run(f" {before}"), foreign(known.text, paper.language), Run(after))


def _theme_name(context: Context, theme: Theme) -> Runs:
    return (
        Run(context.words.quotes[0]),
        foreign(theme.label, target=anchor("t", theme.theme_id)),
        Run(f"{context.words.quotes[1]} ({context.n(theme.distinct_messages)})"),
    )


def _small_themes(context: Context) -> list[Paragraph]:
    words, index = context.words, context.index
    themes = context.analysis.themes
    small = [one for one in themes if one.distinct_messages < 5]
    if not small:
        return []
    sentence = words.ngettext(
        "{n} theme of {total} rests on fewer than five distinct messages; it is kept.",
        "{n} themes of {total} rest on fewer than five distinct messages; they are kept.",
        len(small),
    ).format(n=words.number(len(small)), total=words.number(len(themes)))
    if index.has_states:
        by_states = sum(1 for one in small if index.reach(one).states)
        sentence += " " + words.gettext(
            "Of these, raised by at least one state in its own name: {n}."
        ).format(n=words.number(by_states))
    return [_line(plain(sentence), Run(words.gettext("themes"), target="themes"))]


def _shared(context: Context) -> list[Paragraph]:
    words, index = context.words, context.index
    link = Run(words.gettext("shared text"), target="shared")
    members = {one.submission_id for each in index.members.values() for one in each}
    if not members:
        return [_line(plain(words.gettext("No text shared by several submissions was found.")), link)]
    sentence = words.ngettext(
        "{n} submission shares a text with another.",
        "{n} submissions share a text with others.",
        len(members),
    ).format(n=words.number(len(members)))
    kinds = words.gettext("Groups: exact {exact}, edited {edited}, similar {similar}.").format(
        exact=words.number(len(index.groups["exact"])),
        edited=words.number(len(index.groups["edited"])),
        similar=words.number(len(index.groups["similar"])),
    )
    adding = {one.submission_id for each in index.members.values() for one in each if one.unique_text.strip()}
    added = words.gettext("Senders who added words of their own: {n}.").format(n=words.number(len(adding)))
    return [_line(plain(f"{sentence} {kinds} {added}"), link)]


def _senders(context: Context) -> list[Paragraph]:
    words = context.words
    whole = {
        one.dimension: one
        for one in context.analysis.breakdowns
        if one.question_id is None and one.theme_id is None
    }
    parts: list[str] = []
    links: list[Run] = []
    templates = {
        "country": words.gettext(
            "Countries or territories in which respondents are established: {n}; not stated by {missing} of "
            "{base}."
        ),
        "stakeholder": words.gettext("Kinds of stakeholder: {n}; not stated by {missing} of {base}."),
    }
    names = {"country": words.gettext("by country"), "stakeholder": words.gettext("by stakeholder")}
    for dimension, template in templates.items():
        breakdown: Breakdown | None = whole.get(dimension)
        if breakdown is None:
            continue
        parts.append(
            template.format(
                n=words.number(len(breakdown.rows)),
                missing=words.number(breakdown.missing),
                base=context.submissions(breakdown.base),
            )
        )
        links.append(Run(names[dimension], target=f"by-{dimension}"))
    if context.index.has_states:
        states = words.gettext("States that wrote in their own name: {n}.")
        parts.append(states.format(n=words.number(context.index.states)))
    return [_line(plain(" ".join(parts)), *links)] if parts and links else []


def _languages(context: Context) -> list[Paragraph]:
    words, rows = context.words, context.analysis.languages
    if not rows:
        return []
    sentence = words.gettext("Languages found: {n}, of which supported: {supported}.").format(
        n=words.number(len(rows)), supported=words.number(sum(1 for one in rows if one.supported))
    )
    return [_line(plain(sentence), Run(words.gettext("languages"), target="languages"))]


def _stability(context: Context) -> list[Paragraph]:
    words, themes = context.words, context.analysis.themes
    if not themes:
        return [
            _line(
                plain(words.gettext("No theme was found; there may be too little text for it.")),
                Run(words.gettext("method and limits"), target="method"),
            )
        ]
    unsure = sum(1 for one in themes if one.stability < 0.5)
    link = Run(words.gettext("method and limits"), target="method")
    if unsure == 0:
        steady = words.gettext("Every theme came back dependably when the search was repeated.")
        return [_line(plain(steady), link)]
    sentence = words.ngettext(
        "{n} theme of {total} did not come back dependably when the search was repeated; read it with care.",
        "{n} themes of {total} did not come back dependably when the search was repeated; read them with "
        "care.",
        unsure,
    ).format(n=words.number(unsure), total=words.number(len(themes)))
    return [_line(plain(sentence), link)]
