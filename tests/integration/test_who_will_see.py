"""What a report page says of who will see it leaves out whoever is named in it, and says when a name is in doubt."""

import html

from tests.integration.test_incidents_pages import SAFE, TOLD, about, begin, client_of, on, text_of
from tests.support.world import World, make_world


def named(world: World, typed: str, meant: str) -> str:
    """The page about one's own name, after somebody was named as a possible source of harm."""
    client = client_of(world)
    path = begin(client)
    on(client, path, "about", **about(world))
    on(client, path, "safe", **SAFE)
    on(client, path, "who", source_0=typed)
    on(client, path, "mean", source_0=meant)
    on(client, path, "told", **TOLD)
    return html.unescape(text_of(client.get(f"{path}name/")))


def test_a_colleague_who_is_named_is_in_no_list_and_the_page_says_so() -> None:
    world = make_world()
    said = named(world, "Registered Manager Rowan", f"staff:{world.staff['registered_manager'].pk}")
    assert "Registered Manager Rowan will not see it and will not decide about it." in said
    assert "Registered Manager Rowan will read" not in said and "Registered Manager Rowan can see" not in said
    assert "Only Nominated Individual Person and Safeguarding Lead Person can see your name" in said


def test_while_a_name_is_in_doubt_no_manager_is_said_to_read_it() -> None:
    world = make_world()
    said = named(world, "Big Dave", "unsure")
    assert "We don't know yet who “Big Dave” is. Until we do, no manager can read this." in said
    assert "Registered Manager Rowan" not in said
    assert "Nominated Individual Person and Safeguarding Lead Person can see that it was you" in said


def test_a_name_that_could_mean_the_lead_takes_the_lead_out_of_the_list() -> None:
    world = make_world()
    said = named(world, "the safeguarding lead", "here")
    assert "Safeguarding Lead Person can see" not in said and "and Safeguarding Lead Person" not in said


def test_somebody_who_does_not_work_here_changes_nothing() -> None:
    world = make_world()
    said = named(world, "His nephew", "not_here")
    assert (
        "Registered Manager Rowan" in said and "will not see it" not in said and "We don" not in said.split("here")[0]
    )
