"""Own words never change what is counted: every code has one core code, whatever was added or retired."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from heedful.foundation.people.words import OPEN, OwnWord, in_use
from heedful.foundation.policies.taxonomies import taxonomy

DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))
LABELS = st.text(st.characters(whitelist_categories=("L", "Nd")), min_size=1, max_size=20)


@st.composite
def overlays(draw: st.DrawFn) -> tuple[str, list[OwnWord]]:
    """A list of terms, and own words for some of them, a few retired."""
    name = draw(st.sampled_from(OPEN))
    said = draw(
        st.lists(st.tuples(LABELS, st.sampled_from(taxonomy(name).slugs()), DAYS, st.none() | DAYS), max_size=8)
    )
    own = [
        OwnWord(name, f"own-{n}", label, core, min(began, ended or began), ended)
        for n, (label, core, began, ended) in enumerate(said)
    ]
    return name, own


@given(overlays())
def test_every_word_own_or_core_means_exactly_one_core_code(given_: tuple[str, list[OwnWord]]) -> None:
    name, own = given_
    core = taxonomy(name)
    both = core.with_overlay({word.slug: (word.label, word.maps_to) for word in own})
    for term in both:
        assert both.core(term.slug) in core
        assert both.core(both.core(term.slug)) == both.core(term.slug)
        assert both.label(term.slug).strip()


@given(overlays(), st.none() | DAYS)
def test_codes_and_their_order_are_the_same_in_any_words(given_: tuple[str, list[OwnWord]], day: date | None) -> None:
    name, own = given_
    core, shown = taxonomy(name), taxonomy(name).in_words(in_use(own, day))
    assert shown.slugs() == core.slugs()
    assert [term.parent for term in shown] == [term.parent for term in core]
    assert all(shown.core(slug) == slug for slug in core.slugs())


@given(overlays(), LABELS, DAYS)
def test_a_later_word_changes_no_older_record_that_had_a_word(
    given_: tuple[str, list[OwnWord]], label: str, day: date
) -> None:
    name, own = given_
    slug = taxonomy(name).slugs()[0]
    before = [word for word in own if word.valid_from < day]
    earlier = max((word.valid_from for word in before), default=None)
    if earlier is None:
        return
    added = [*before, OwnWord(name, "own-new", label, slug, day, None)]
    had, has = in_use(before, earlier), in_use(added, earlier)
    assert {code: has[code] for code in had} == had


@given(overlays(), DAYS)
def test_a_retired_word_still_reads_on_its_own_days(given_: tuple[str, list[OwnWord]], day: date) -> None:
    _name, own = given_
    for word in own:
        alone = in_use([word], day)
        assert alone == ({word.maps_to: word.label} if word.valid_to is None or day <= word.valid_to else {})
