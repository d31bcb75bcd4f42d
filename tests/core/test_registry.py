"""The registry: names are unique, and the order does not depend on who came first."""

import pytest

from colloquia.core import registry


def test_entries_come_in_order_whatever_the_order_of_registration():
    shelf = registry._Shelf()
    entries = [
        registry.Feed(name, name.title(), "url", order=order)
        for name, order in (("b", 2), ("c", 1), ("a", 2))
    ]
    for entry in entries:
        shelf.add(entry)
    assert [entry.name for entry in shelf.all()] == ["c", "a", "b"]


def test_the_same_entry_twice_is_one_and_another_of_its_name_is_refused():
    shelf = registry._Shelf()
    shelf.add(registry.Feed("a", "A", "url"))
    shelf.add(registry.Feed("a", "A", "url"))
    with pytest.raises(registry.DuplicateName, match="“a” is registered already"):
        shelf.add(registry.Feed("a", "Another", "url"))
    assert [entry.title for entry in shelf.all()] == ["A"]


@pytest.mark.parametrize("kind", ["question_section", "search_source", "export", "feed", "leak_surface"])
def test_each_kind_has_its_pair_of_functions(kind):
    assert callable(getattr(registry, f"register_{kind}"))
    assert isinstance(getattr(registry, f"registered_{kind}s")(), tuple)
