"""Holds and days reach all that hangs on a case: reviews, themes, actions, checks, what was told, files, ways out."""

from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.test import Client

from heedful.config import keeping
from heedful.foundation.access.models import PersonalRecord
from heedful.foundation.ledger import history
from heedful.foundation.ledger.operations import write
from heedful.foundation.ledger.verify import verify
from heedful.loop.actions import operations as actions
from heedful.loop.actions.models import Action
from heedful.loop.audits import operations as audits
from heedful.loop.audits.models import Audit
from heedful.loop.incidents import operations as incidents
from heedful.loop.incidents.models import Event
from heedful.loop.incidents.operations import Named
from heedful.loop.reviews import operations as reviews
from heedful.loop.reviews.models import Finding, Review, Theme
from heedful.oversight.casefile import came_of, kept
from tests.support import acting
from tests.support.jobs import run_jobs
from tests.support.reports import NOW, told
from tests.support.reviews import finish, open_theme, write_all
from tests.support.signing_in import sign_in
from tests.support.whole_loop import FINISHED, LATER, once_round
from tests.support.world import World, make_world

# No file was imported in the whole loop.
NOT_IN_THE_LOOP = {"intake.SourceRow", "intake.Upload"}


def personal_records() -> dict[str, type[Model]]:
    tables = [one for one in apps.get_models() if issubclass(one, PersonalRecord) and not hasattr(one, "pgh_label")]
    return {one._meta.label: one for one in tables if not hasattr(one, "pgh_tracked_model")}


def test_every_personal_record_has_a_rule_for_how_long_it_is_kept() -> None:
    by_case = {one.model._meta.label for one in keeping.every_table() if one.has_marks and one.events}
    assert by_case | set(keeping.BY_THEMSELVES) == set(personal_records())
    assert not by_case & set(keeping.BY_THEMSELVES)


def marks(world: World, mark: str) -> dict[str, set[Any]]:
    """What the rows of each table say that hangs on a case, files and ways out with them."""
    about_people = {"people.Person", "people.Relation", "people.StaffMember", "reporting.Draft"}
    with world.use():
        return {
            name: set(model._default_manager.values_list(mark, flat=True))
            for name, model in personal_records().items()
            if name not in about_people | NOT_IN_THE_LOOP
        }


def test_a_hold_on_a_case_holds_all_that_hangs_on_it_and_lifting_it_lets_all_go() -> None:
    world = make_world()
    made = once_round(world, name="Elowen Wharton", word="Sparrowhawk")
    lead = world.viewer("safeguarding_lead")
    assert {name: found for name, found in marks(world, "legal_hold").items() if found != {False}} == {}
    with world.use():
        incidents.hold_case(event_id=made.event.pk, why="An inquest", by=lead, at=LATER)
    run_jobs(world.organisation.id)
    assert {name: found for name, found in marks(world, "legal_hold").items() if found != {True}} == {}
    with world.use():
        incidents.lift_hold(event_id=made.event.pk, why="Settled", by=lead, at=LATER)
    run_jobs(world.organisation.id)
    assert {name: found for name, found in marks(world, "legal_hold").items() if found != {False}} == {}
    report = verify(world.organisation.id)
    assert report.whole, (report.faults, report.unexplained)


def test_what_is_begun_on_a_held_case_is_held_from_its_first_moment() -> None:
    world = make_world()
    event = told(world).event
    lead = world.viewer("safeguarding_lead")
    with world.use():
        incidents.hold_case(event_id=event.pk, why="An inquest", by=lead, at=NOW)
        manager = world.viewer("registered_manager")
        review = reviews.open_review(event_ids=[event.pk], kind="huddle", by=manager, at=LATER)
    write_all(world, review, at=LATER)
    theme = open_theme(world, [event.pk])
    action = acting.agreed(world, review.pk)
    of_theme = acting.agreed(world, theme_id=theme.pk)
    with world.use():
        review.refresh_from_db()
        reviews.add_finding(
            review_id=review.pk, version=review.version, text="A chair.", factor="tasks.handovers", by=manager, at=LATER
        )
        for one in (action, of_theme):
            audits.schedule(action_id=one.pk, by=world.system, at=LATER)
        for model in (Review, Theme, Finding, Action, Audit):
            assert set(model.objects.values_list("legal_hold", flat=True)) == {True}, model


def test_a_held_case_that_joins_a_theme_holds_the_theme_and_its_actions() -> None:
    world = make_world()
    first, second = told(world).event, told(world).event
    theme = open_theme(world, [first.pk])
    action = acting.agreed(world, theme_id=theme.pk)
    with world.use():
        incidents.hold_case(event_id=second.pk, why="A claim", by=world.viewer("safeguarding_lead"), at=NOW)
        reviews.join_theme(theme_id=theme.pk, event_ids=[second.pk], by=world.viewer("registered_manager"), at=LATER)
    run_jobs(world.organisation.id)
    with world.use():
        theme.refresh_from_db()
        action.refresh_from_db()
        assert theme.legal_hold and action.legal_hold


def test_the_operations_that_end_a_stage_say_from_when_it_is_kept_and_opening_again_takes_that_back() -> None:
    world = make_world()
    manager = world.viewer("registered_manager")
    review = acting.reviewed(world)
    finish(world, review, at=LATER)
    theme = open_theme(world, [event_of(world, review)])
    with world.use():
        finding = Finding.objects.get(review=review)
        reviews.close_theme(theme_id=theme.pk, why="It rests.", by=manager, at=LATER)
        review.refresh_from_db()
        theme.refresh_from_db()
        assert review.retain_from == finding.retain_from == theme.retain_from == LATER.date()
        reviews.reopen_review(review_id=review.pk, why="More is known.", by=manager, at=LATER)
        reviews.reopen_theme(theme_id=theme.pk, why="Again.", by=manager, at=LATER)
        for row in (review, finding, theme):
            row.refresh_from_db()
            assert row.retain_from is None
    action = acting.agreed(world, review.pk)
    with world.use():
        assert action.retain_from is None
        dropped = actions.drop(action_id=action.pk, why="Not any more.", weak_reason="Few.", by=manager, at=FINISHED)
        assert dropped.retain_from == FINISHED.date()


def test_everything_that_ended_in_the_whole_loop_says_when() -> None:
    world = make_world()
    once_round(world, name="Elowen Wharton", word="Sparrowhawk")
    since = marks(world, "retain_from")
    ended = {
        "reviews.Review": LATER,
        "reviews.Finding": LATER,
        "feedback.Telling": LATER,
        "feedback.Bulletin": FINISHED,
    }
    assert {name: since[name] for name in ended} == {name: {at.date()} for name, at in ended.items()}
    assert since["actions.Action"] == {LATER.date(), FINISHED.date()} and since["audits.Audit"] == {FINISHED.date()}
    assert since["reviews.Theme"] == since["incidents.Event"] == {None}


def event_of(world: World, review: Review) -> Any:
    with world.use():
        return review.about.get().event_id


def closed(world: World, event_id: Any, on: date) -> None:
    with world.use(), history.entry():
        Event.objects.filter(pk=event_id).update(retain_from=on)
        write(kind="test.closed", by=world.system, at=NOW, subject_id=event_id)


def past(world: World, on: date) -> dict[Any, kept.Past]:
    with world.use():
        return {one.id: one for one in kept.past_their_time(world.viewer("safeguarding_lead"), on=on).lines}


def test_a_case_is_past_its_time_only_with_all_that_came_of_it_alone() -> None:
    world = make_world()
    review = acting.reviewed(world)
    event_id = event_of(world, review)
    closed(world, event_id, LATER.date())
    ten_years = LATER.date().replace(year=LATER.year + 10)
    assert past(world, ten_years) == {}, "the review goes on"
    finish(world, review, at=LATER + timedelta(days=30))
    assert past(world, ten_years + timedelta(days=29)) == {}
    found = past(world, ten_years + timedelta(days=30))
    assert set(found) == {event_id}
    assert found[event_id].with_it == (("review", 1), ("finding", 1))
    with world.use():
        assert came_of.in_words(found[event_id].with_it) == "1 review, 1 thing that must change"


def test_what_came_of_several_cases_stands_in_the_way_of_none() -> None:
    world = make_world()
    first, second = told(world).event, told(world).event
    open_theme(world, [first.pk, second.pk])
    closed(world, first.pk, date(2010, 1, 1))
    assert past(world, NOW.date())[first.pk].with_it == ()


def test_the_page_says_what_goes_with_a_case() -> None:
    world = make_world()
    review = acting.reviewed(world, involved=(Named(part="affected", person_id=world.people[0].pk),))
    finish(world, review, at=LATER)
    with world.use(), history.entry():
        for row in (review, *review.findings.all(), Event.objects.get(pk=review.about.get().event_id)):
            type(row).objects.filter(pk=row.pk).update(retain_from=date(2010, 1, 1))
        write(kind="test.closed", by=world.system, at=NOW, subject_id=review.pk)
    page = sign_in(Client(), world.accounts["safeguarding_lead"]).get("/cases/past-their-time/").content.decode()
    assert "With it: 1 review, 1 thing that must change." in page
