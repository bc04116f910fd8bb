"""What is too large may only shrink, and generated pages agree with the code."""

import json

from tools import reference, sizes


def test_nothing_grew_past_its_size() -> None:
    assert sizes.problems(sizes.large(), json.loads(sizes.BASELINE.read_text())) == []


def test_the_ratchet_sees_what_grew_what_is_new_and_what_shrank() -> None:
    allowed = {"a.py::f": 35, "b.py": 320, "gone.py": 310}
    found = {"a.py::f": 36, "c.py::g": 31, "d.py": 401, "b.py": 310}
    assert sizes.problems(found, allowed) == [
        "a.py::f: grew from 35 to 36 lines. Make it shorter.",
        "c.py::g: 31 lines. Make it shorter.",
        "d.py: 401 lines, at most 400. Split it.",
        "b.py: is shorter now. Run `make sizes` and commit the list.",
        "gone.py: is shorter now. Run `make sizes` and commit the list.",
    ]


def test_the_list_is_only_ever_lowered() -> None:
    assert sizes.lowered({"a.py": 350, "new.py": 390}, {"a.py": 320, "gone.py": 310}) == {"a.py": 320}
    assert sizes.lowered({"a.py": 310}, {"a.py": 320}) == {"a.py": 310}


def test_functions_are_found_wherever_they_stand() -> None:
    text = (
        "class A:\n    def f(self):\n        def g():\n            pass\n        return g\n\nasync def h():\n    pass\n"
    )
    assert dict(sizes.functions(text)) == {"A.f": 4, "A.f.g": 2, "h": 2}


def test_the_generated_reference_pages_are_current() -> None:
    assert reference.stale() == []
