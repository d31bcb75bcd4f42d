"""The pieces of SQL from which every question to a run's bulk is put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from colloquia.engines.bulk.records import Filters

_COLUMNS = (
    ("stakeholders", "s.stakeholder"),
    ("countries", "s.country"),
    ("languages", "s.language"),
    ("channels", "s.channel"),
    ("organisations", "coalesce(o.organisation, s.organisation_body)"),
)


@dataclass(slots=True)
class Statement:
    """Common table expressions for one overlay and one set of filters, with their parameters by name.

    ``found_in`` is the table of the passages that hold the words searched for, "" where none are.

    ``chosen`` are the submissions that the filters let through, ``placed`` passages in their themes, and
    ``answering`` passages with the questions they answer, both as they are in effect.
    """

    schema: str
    filters: Filters
    found_in: str
    parameters: dict[str, Any] = field(default_factory=dict)

    def chosen(self) -> str:
        """``chosen(row, message, organisation, state, …)``: one row a submission."""
        wanted = []
        for name, column in _COLUMNS:
            values = getattr(self.filters, name)
            if values:
                self.parameters[name] = list(values)
                wanted.append(f"list_contains(${name}, {column})")
        if self.filters.not_submissions:
            self.parameters["not_submissions"] = list(self.filters.not_submissions)
            wanted.append("s.submission_id NOT IN (SELECT unnest($not_submissions))")
        where = f"WHERE {' AND '.join(wanted)}" if wanted else ""
        return f"""chosen AS (
  SELECT s.* EXCLUDE (organisation_body), coalesce(o.organisation, s.organisation_body) AS body,
    CASE WHEN v.stakeholder IS NULL THEN '' ELSE s.country END AS state
  FROM submissions s
  LEFT JOIN {self.schema}.bodies o ON o.row = s.row
  LEFT JOIN {self.schema}.state_values v ON v.stakeholder = s.stakeholder
  {where}
)"""

    def placed(self, question: str | None) -> str:
        """``placed(theme, passage, submission, shared, score, by_officer)`` for a question or the docket; for
        None for all at once.
        """
        of_assignment = of_override = "true"
        if question is not None:
            self.parameters["question"] = question
            of_assignment, of_override = "a.question = $question", "o.question = $question"
        return f"""placed AS (
  SELECT coalesce(m.into_theme, a.theme) AS theme, a.passage, a.submission, a.shared, a.score,
    false AS by_officer
  FROM assignments a
  LEFT JOIN {self.schema}.theme_map m ON m.theme = a.theme
  WHERE {of_assignment}
    AND NOT EXISTS (FROM {self.schema}.overrides o WHERE o.question = a.question AND o.passage = a.passage)
    AND NOT EXISTS (FROM {self.schema}.not_opinion n WHERE n.passage = a.passage)
    {self.of_passages("a")}
  UNION ALL
  SELECT o.theme, p.row, p.submission, p.shared, 1.0, true
  FROM {self.schema}.overrides o JOIN passages p ON p.row = o.passage
  WHERE {of_override} AND o.theme <> ''
    AND NOT EXISTS (FROM {self.schema}.not_opinion n WHERE n.passage = o.passage)
    {self.of_passages("p", "row")}
)"""

    def answering(self) -> str:
        """``answering(question, passage, submission, shared, score, by_officer)`` for all questions."""
        return f"""answering AS (
  SELECT a.question, a.passage, a.submission, a.shared, a.score, false AS by_officer
  FROM answers a
  WHERE NOT EXISTS (
      FROM {self.schema}.judged j WHERE j.question = a.question AND j.passage = a.passage AND NOT j.answers)
    AND NOT EXISTS (FROM {self.schema}.not_opinion n WHERE n.passage = a.passage)
    {self.of_passages("a")}
  UNION ALL
  SELECT j.question, p.row, p.submission, p.shared, 1.0, true
  FROM {self.schema}.judged j JOIN passages p ON p.row = j.passage
  WHERE j.answers
    AND NOT EXISTS (FROM answers a WHERE a.question = j.question AND a.passage = j.passage)
    AND NOT EXISTS (FROM {self.schema}.not_opinion n WHERE n.passage = j.passage)
    {self.of_passages("p", "row")}
)"""

    def of_passages(self, alias: str, row: str = "passage") -> str:
        """What the filters say of single passages."""
        wanted = [f"AND NOT {alias}.shared"] if self.filters.without_shared else []
        if self.filters.search:
            wanted.append(f"AND {alias}.{row} IN (FROM found)")
        return " ".join(wanted)

    def found(self) -> str:
        """``found(row)``: passages that hold the words searched for, empty text where none is."""
        return f"found AS (SELECT row FROM {self.found_in}), " if self.found_in else ""
