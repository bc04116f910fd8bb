"""Cases are found by their words, and only by those who may see them."""

from heedful.oversight.casefile.listing import Asked, cases
from tests.support.reports import told
from tests.support.world import make_world


def titles(world, role: str, words: str) -> list[str]:  # type: ignore[no-untyped-def]
    with world.use():
        return [line.event.words for line in cases(world.viewer(role), Asked(words=words)).lines]  # type: ignore[attr-defined]


def test_a_report_is_found_by_its_words_as_soon_as_it_is_recorded() -> None:
    world = make_world()
    told(world, words="The stairlift jammed halfway with Mrs Lindqvist on it.")
    assert len(titles(world, "registered_manager", "stairlift")) == 1
    assert titles(world, "registered_manager", "bathroom") == []


def test_search_shows_nobody_what_they_may_not_see() -> None:
    world, other = make_world(), make_world()
    told(world, words="A quokka was seen in the kitchen.", confidential=True)
    assert len(titles(world, "safeguarding_lead", "quokka")) == 1
    assert titles(world, "team_leader", "quokka") == []
    assert titles(world, "manager_elsewhere", "quokka") == []
    assert titles(other, "safeguarding_lead", "quokka") == []
