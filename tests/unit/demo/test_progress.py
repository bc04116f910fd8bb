"""How far the load has come, on a screen and in a log."""

from typing import Any

from heedful.demo.progress import Line, shown


class Said:
    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, text: str, **_options: Any) -> None:
        self.texts.append(text)


def test_a_screen_sees_one_line_fill() -> None:
    said = Said()
    line = Line(said, live=True)
    line(0.0, "Rowan House")
    line(0.5, "Reports and decisions")
    assert all(text.startswith("\r") for text in said.texts)
    assert "#" * 15 + "." * 15 + "  50 %" in said.texts[1]


def test_nothing_is_said_twice() -> None:
    said = Said()
    line = Line(said, live=False)
    for number in range(100):
        line(number / 100, "Reports and decisions")
    assert len(said.texts) == 5
    assert "\r" not in "".join(said.texts)


def test_a_load_that_had_nothing_to_do_says_nothing() -> None:
    said = Said()
    with shown(said):
        pass
    assert said.texts == []
