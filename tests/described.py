"""What a database looks like: the columns of its tables."""

from __future__ import annotations

from django.db import connection


def tables() -> dict[str, list[str]]:
    """Columns by table, without the table that lists the migrations."""
    with connection.cursor() as cursor:
        names = sorted(set(connection.introspection.table_names(cursor)) - {"django_migrations"})
        return {
            name: sorted(
                column.name for column in connection.introspection.get_table_description(cursor, name)
            )
            for name in names
        }
