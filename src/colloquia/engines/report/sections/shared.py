"""Texts that several submissions share, and what each sender added of their own.

Members of a merely similar group are never named: only counts and unnamed excerpts appear.
"""

from __future__ import annotations

from colloquia.engines.report.content import (
    Block,
    Fold,
    Heading,
    Paragraph,
    Quotation,
    Run,
    Runs,
    Section,
    foreign,
    join,
    plain,
)
from colloquia.engines.report.context import Context
from colloquia.engines.report.text import anchor, clean, excerpt, language_tag
from colloquia.engines.results import Group, GroupMember


def shared(context: Context) -> Section:
    """Exact, edited and similar groups, largest first."""
    _ = context.words.gettext
    kinds = {
        "exact": (
            _("The same text"),
            _("Word for word the same text, sent by several."),
        ),
        "edited": (
            _("Edited text"),
            _("One letter with words changed or a personal opening added."),
        ),
        "similar": (
            _("Similar messages"),
            _(
                "One message put in other words, or translated, found by its meaning. People may come to "
                "like words independently, so the senders are not named."
            ),
        ),
    }
    blocks: list[Block] = [
        Paragraph(
            plain(
                _(
                    "Many people send a text that they share with others, which is an ordinary way to take "
                    "part. Each of them is counted as a submission; the text is counted once as a distinct "
                    "message; what each sender added is shown, because it is easily overlooked."
                )
            )
        )
    ]
    entries: list[tuple[str, Runs]] = []
    for kind, (title, meaning) in kinds.items():
        groups = context.index.groups.get(kind, [])
        entries.append((f"shared-{kind}", plain(title)))
        blocks.append(Heading(3, plain(title), f"shared-{kind}"))
        blocks.append(Paragraph(plain(f"{meaning} {_total(context, groups)}")))
        listed = groups[: context.options.limits.shared_texts]
        for group in listed:
            blocks += _group(context, group)
        blocks += _more_groups(context, len(groups) - len(listed))
    return Section("shared", _("Shared text"), tuple(blocks), tuple(entries))


def _total(context: Context, groups: list[Group]) -> str:
    words = context.words
    count = words.ngettext("Found: {n} group", "Found: {n} groups", len(groups)).format(
        n=words.number(len(groups))
    )
    return words.gettext("{groups}, {submissions}.").format(
        groups=count, submissions=context.submissions(sum(group.members for group in groups))
    )


def _group(context: Context, group: Group) -> list[Block]:
    words, limits = context.words, context.options.limits
    named = group.kind != "similar"
    members = sorted(context.index.members.get(group.group_id, []), key=lambda one: one.submission_id)
    adding = [one for one in members if one.unique_text.strip()]
    blocks: list[Block] = [
        Heading(
            4,
            (
                foreign(group.group_id),
                Run(" · ", style="faint"),
                Run(context.submissions(group.members), style="faint"),
            ),
            anchor("g", group.group_id),
        ),
        *_representative(context, group, named),
    ]
    if named:
        blocks.append(_names(context, members))
    if not adding:
        text = words.gettext("No sender added words of their own.")
        return [*blocks, Paragraph(plain(text), "note")]
    if not named:
        # In the order of the submissions the excerpts would still say who is who.
        adding.sort(key=lambda one: (-len(one.unique_text), one.unique_text))
    summary = words.ngettext(
        "{n} sender added words of their own", "{n} senders added words of their own", len(adding)
    ).format(n=words.number(len(adding)))
    inner: list[Block] = [_unique(context, one, named) for one in adding[: limits.unique_texts]]
    if len(adding) > limits.unique_texts:
        more = words.gettext("{n} more in tables.xlsx and group_members.parquet.")
        left = words.number(len(adding) - limits.unique_texts)
        inner.append(Paragraph(plain(more.format(n=left)), "note"))
    return [*blocks, Fold(plain(summary), tuple(inner))]


def _representative(context: Context, group: Group, named: bool) -> list[Block]:
    words = context.words
    submission = context.index.submissions.get(group.representative)
    text = context.index.full_text(submission) if submission else ""
    if submission is None or not text:
        return [Paragraph(plain(words.gettext("The shared text could not be shown.")), "note")]
    shown, left = excerpt(clean(text), context.options.limits.shared_length)
    languages = context.index.languages_of.get(submission.submission_id, set())
    language = language_tag(next(iter(languages)) if len(languages) == 1 else submission.language)
    source: list[Runs] = [plain(words.gettext("the shared text, as one sender wrote it"))]
    if named:
        source.append((Run(submission.submission_id, style="code"),))
    runs = [Run(shown, foreign=True, language=language)]
    if left:
        runs.append(Run(" […]"))
        source.append(
            plain(
                words.ngettext("{n} more character not shown", "{n} more characters not shown", left).format(
                    n=words.number(left)
                )
            )
        )
    return [Quotation(tuple(runs), language, join(source, " · "), kind="shared")]


def _names(context: Context, members: list[GroupMember]) -> Paragraph:
    limit = context.options.limits.named_members
    runs: list[Run] = [Run(context.words.gettext("Sent by:") + " ")]
    for position, member in enumerate(members[:limit]):
        if position:
            runs.append(Run(context.words.comma))
        runs.append(Run(member.submission_id, style="code"))
    if len(members) > limit:
        more = context.words.gettext("{n} more in tables.xlsx and group_members.parquet.")
        runs.append(Run(context.words.semicolon + more.format(n=context.n(len(members) - limit))))
    return Paragraph(tuple(runs), "note")


def _unique(context: Context, member: GroupMember, named: bool) -> Quotation:
    shown, left = excerpt(clean(member.unique_text.strip()), context.options.limits.unique_length)
    runs = (Run(shown, foreign=True), Run(" […]")) if left else (Run(shown, foreign=True),)
    if not named:
        return Quotation(runs, "", plain(context.words.gettext("one sender")), kind="unique")
    submission = context.index.submissions.get(member.submission_id)
    source: Runs = (Run(member.submission_id, style="code"),)
    if submission is not None:
        source = (*source, Run(" · "), context.source(submission))
    return Quotation(runs, "", source, kind="unique")


def _more_groups(context: Context, left: int) -> list[Block]:
    if left <= 0:
        return []
    text = context.words.ngettext(
        "{n} more group is in tables.xlsx and groups.parquet.",
        "{n} more groups are in tables.xlsx and groups.parquet.",
        left,
    ).format(n=context.n(left))
    return [Paragraph(plain(text), "note")]
