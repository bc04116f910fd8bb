"""The reference pages say what the data say."""

from datetime import date
from pathlib import Path

from heedful.foundation.policies import in_force, taxonomies
from heedful.foundation.policies.reference import main, messages, policies_page, taxonomies_page

PAGES = Path(__file__).parents[3] / "docs" / "reference"


def test_the_pages_in_the_repository_are_current(tmp_path: Path) -> None:
    main(str(tmp_path))
    for name in ("policies.md", "taxonomies.md"):
        current = (tmp_path / name).read_text(encoding="utf-8")
        assert (PAGES / name).read_text(encoding="utf-8") == current, (
            "run: python -m heedful.foundation.policies.reference docs/reference"
        )


def test_every_rule_and_every_code_is_on_its_page() -> None:
    table = in_force("seriousness", on=date(2026, 11, 22), nation="england")
    page = policies_page()
    assert all(f"`{rule.id}`" in page for rule in table.rules)
    codes = taxonomies_page()
    assert all(f"`{slug}`" in codes for taxonomy in taxonomies().values() for slug in taxonomy.slugs())


def test_every_sentence_that_people_read_can_be_translated() -> None:
    found = set(messages())
    assert {"Fall", "Was anyone's body hurt?", "A crime may have happened."} <= found
    assert "" not in found
