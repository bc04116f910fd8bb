"""Every table of transitions is whole: no state that nothing leads to, no move that nobody can make."""

import pytest

from tools.reference import TABLES, Table, diagram


@pytest.mark.parametrize(("name", "table"), [(name, table) for name, _, table in TABLES])
def test_every_state_is_reached_from_the_first_and_every_move_can_be_made(name: str, table: Table) -> None:
    first, move = next(iter(table))
    reached = {first}
    for _ in table:
        reached |= {after for (before, _), after in table.items() if before in reached}
    assert reached == set(type(first)), name
    assert {one for _, one in table} == set(type(move)), name


def test_a_diagram_has_a_line_for_each_row() -> None:
    for _, _, table in TABLES:
        assert len(diagram(table).splitlines()) == 2 + len(table)
