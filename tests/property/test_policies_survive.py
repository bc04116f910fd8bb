"""Whatever a policy file holds, the answer is a policy or a message that names the file."""

import yaml
from hypothesis import given
from hypothesis import strategies as st

from heedful.foundation.policies import PolicyDataError, taxonomy
from heedful.foundation.policies.inputs import INPUTS
from heedful.foundation.policies.loader import FOLDER, parse
from heedful.foundation.policies.schema import Policy
from heedful.foundation.policies.tables import When, says_more

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates()
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
)
SMALL = yaml.safe_load((FOLDER / "exposure-uk-default-1.yaml").read_text(encoding="utf-8"))


@given(st.text(max_size=300) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_any_text_at_all_is_refused_by_name(text: str) -> None:
    try:
        parse(text, "theirs.yaml")
    except PolicyDataError as error:
        assert "theirs.yaml" in str(error)
    else:
        raise AssertionError("random text became a policy")


@given(st.sampled_from(sorted(SMALL)), TREES)
def test_a_policy_with_one_field_replaced_is_a_policy_or_refused_by_name(field: str, value: object) -> None:
    try:
        found: Policy | None = parse(yaml.safe_dump({**SMALL, field: value}), "theirs.yaml")
    except PolicyDataError as error:
        assert "theirs.yaml" in str(error)
        found = None
    assert found is None or found.kind == "exposure"


def _condition(name: str) -> st.SearchStrategy[object]:
    spec = INPUTS[name]
    if spec.kind == "ordered":
        return st.sampled_from(spec.order[1:])
    if spec.kind == "count":
        return st.integers(1, 4)
    return st.lists(st.sampled_from(taxonomy(spec.taxonomy).slugs()), min_size=1, max_size=3, unique=True)


WHEN = st.dictionaries(st.sampled_from(sorted(INPUTS)), st.none(), max_size=3).flatmap(
    lambda names: st.fixed_dictionaries({name: _condition(name) for name in names})
)


@given(WHEN, WHEN)
def test_no_two_conditions_each_say_more_than_the_other(one: When, other: When) -> None:
    assert not (says_more(one, other) and says_more(other, one)) or {
        name: sorted(value) if isinstance(value, list) else value for name, value in one.items()
    } == {name: sorted(value) if isinstance(value, list) else value for name, value in other.items()}
