"""The glossary is in order, and the sentences that people read keep to it."""

import re
from pathlib import Path

import pytest

from heedful.foundation.policies.reference import messages

ROOT = Path(__file__).parents[3]
# Words that our pages do not use, with what to say instead.
AVOIDED = {
    "submit": "send",
    "perpetrator": "the person who may have caused harm",
    "non-compliant": "did not want",
    "refused": "did not want",
    "service user": "the person",
    "closed": "answered",
    "proved": "say what was seen",
    "significant": "say how much",
    "kpi": "say what is counted",
}


@pytest.mark.parametrize("word", AVOIDED)
def test_no_sentence_uses_a_word_that_we_avoid(word: str) -> None:
    found = [text for text in messages() if re.search(rf"\b{word}\b", text.lower())]
    assert not found, f"say “{AVOIDED[word]}” instead: {found}"


def test_the_glossary_is_in_order_and_explains_each_word_once() -> None:
    rows = re.findall(r"^\| \*\*(.+?)\*\* \| (.+?) \| (.*?) \|$", (ROOT / "GLOSSARY.md").read_text("utf-8"), re.M)
    words = [word.lower() for word, _, _ in rows]
    assert words == sorted(set(words))
    assert len(words) > 60
    assert all(meaning.strip() for _, meaning, _ in rows)
