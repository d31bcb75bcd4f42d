"""Whether a text that is kept for search holds some words: in the database, at the speed of the machine.

PostgreSQL finds a text in another quickly in any script. SQLite does so where what is looked for begins with
an ASCII character; for all others it is taught a function of ours, which is twice as fast as its own.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, F, Func, TextField, Value

_NAME = "colloquia_holds"


class Holds(Func):
    """True where the text of a field holds a term; both are folded already."""

    function = "STRPOS"
    template = "%(function)s(%(expressions)s) > 0"
    output_field = BooleanField()

    def __init__(self, field: str, term: str) -> None:
        self._term = term
        super().__init__(F(field), Value(term, output_field=TextField()))

    def as_sqlite(self, compiler: Any, connection: Any, **_options: Any) -> Any:  # noqa: ARG002 -- Django's
        """For SQLite, which compares bytes: no text is decoded."""
        sql, parameters = compiler.compile(self.source_expressions[0])
        if self._term[:1].isascii():
            escaped = self._term.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
            return f"{sql} LIKE %s ESCAPE '\\'", (*parameters, f"%{escaped}%")
        return f"{_NAME}(CAST({sql} AS BLOB), %s)", (*parameters, self._term.encode())


def teach(*, connection: Any, **_signal: Any) -> None:
    """Give a new connection to SQLite the function that it lacks."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            _NAME, 2, lambda text, term: text is not None and term in text, deterministic=True
        )
