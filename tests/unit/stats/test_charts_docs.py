"""The reference page keeps up with the public names."""

from pathlib import Path
from typing import get_args

from heedful.stats import charts, effects

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "reference" / "stats.md").read_text()


def test_the_reference_page_names_everything_public() -> None:
    assert [name for name in (*charts.__all__, *effects.__all__) if f"`{name}" not in PAGE] == []


def test_the_reference_page_explains_every_word_in_results() -> None:
    words = [
        word
        for kind in (
            charts.Rule,
            charts.Finding,
            charts.CautionCode,
            charts.Assurance,
            effects.Answer,
            effects.CautionCode,
        )
        for word in get_args(kind)
    ]
    assert [word for word in words if f"`{word}`" not in PAGE] == []
