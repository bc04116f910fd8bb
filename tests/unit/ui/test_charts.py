"""Charts: the picture, the sentence and the table hold the same numbers; colours are tokens."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from heedful.foundation.ui.chart_marks import label_places, top_of_scale
from heedful.foundation.ui.charts import CANVASES, ChartSpec, Flag, Point, Size, draw, run_chart_svg
from tests.unit.ui.pages import Page, page

POINTS = tuple(Point(f"Week {n}", float(n % 4), Flag.WORSE if n > 8 else Flag.USUAL) for n in range(1, 11))
SPEC = ChartSpec(
    "Falls rose", "Falls by week: 3 in the last two weeks.", POINTS, "Falls", centre=1.2, note="3 in two weeks"
)


def colours(svg: str) -> set[str]:
    return set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg))


@pytest.mark.parametrize("size", list(Size))
def test_a_drawing_is_sound_and_names_only_tokens(size: Size) -> None:
    svg = run_chart_svg(SPEC, size)
    assert ET.fromstring(svg).tag.endswith("svg")
    assert "style=" not in svg and "<style" not in svg and " id=" not in svg and "url(" not in svg
    assert {one for one in colours(svg) if one != "none" and not one.startswith("var(--hf-")} == set()


def test_one_dot_a_figure_and_none_where_there_is_no_figure() -> None:
    points = (*POINTS[:3], Point("Week 4", None), *POINTS[4:])
    svg = run_chart_svg(replace(SPEC, points=points), Size.WIDE)
    dots = [path for path in re.findall(r"<path [^>]*>", svg) if "translate(" in path and "fill=" in path]
    assert len(dots) == 9


def test_a_point_left_out_is_hollow_and_not_joined() -> None:
    points = (*POINTS[:4], Point("Week 5", 6, Flag.LEFT_OUT), *POINTS[5:8])
    svg = run_chart_svg(replace(SPEC, points=points, note=""), Size.WIDE)
    assert 'fill="var(--hf-card)"' in svg and 'stroke="var(--hf-nojudge)"' in svg
    joins = re.findall(r'<path d="(M[^"]+)" stroke="var\(--hf-usual\)"', svg)
    assert sorted(path.count("L") for path in joins) == [2, 3]


def test_dots_are_not_joined_across_the_change() -> None:
    svg = run_chart_svg(replace(SPEC, change_at=6, change_label="2 March"), Size.WIDE)
    joins = re.findall(r'<path d="(M[^"]+)" stroke="var\(--hf-usual\)"', svg)
    assert sorted(path.count("L") for path in joins) == [3, 5]
    assert "2 March" in svg


def test_words_of_people_are_text_in_the_drawing() -> None:
    nasty = '<script>alert("1")</script> \\ \' "'
    points = (Point(nasty, 1), *POINTS[1:])
    svg = run_chart_svg(replace(SPEC, points=points, note=nasty), Size.PHONE)
    assert "<script" not in svg
    texts = [one.text for one in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    assert texts.count(nasty) == 2


def test_words_in_a_drawing_are_never_small() -> None:
    narrowest = 262  # what a card leaves on a phone 320 wide
    for size in (Size.PHONE, Size.SMALL):
        canvas = CANVASES[size]
        drawn = float(ET.fromstring(run_chart_svg(SPEC, size)).attrib["width"])
        assert canvas.text * narrowest / drawn >= 12
    assert CANVASES[Size.WIDE].text * 660 / float(ET.fromstring(run_chart_svg(SPEC, Size.WIDE)).attrib["width"]) >= 12


def test_the_figure_speaks_its_sentence_and_holds_its_table() -> None:
    drawing = draw(replace(SPEC, points=(replace(POINTS[0], url="/cases/?week=1"), *POINTS[1:])))
    shown = _figure(drawing)
    image = next(one for one in shown.elements if one.attrs.get("role") == "img")
    assert image.attrs["aria-label"] == SPEC.sentence
    cells = [one.text for one in shown.all("td")]
    assert cells[:2] == ["1", "usual"] and "worse than usual" in cells
    assert len(shown.all("th", scope="row")) == len(POINTS)
    assert [one.attrs["href"] for one in shown.all("a") if one.text == "Week 1"] == ["/cases/?week=1"]


def _figure(drawing: object) -> Page:
    from django.template import engines

    source = '{% from "ui/parts/charts.html" import chart_figure %}{{ chart_figure(drawing) }}'
    return Page(engines["jinja2"].env.from_string(source).render(drawing=drawing))  # type: ignore[attr-defined]


@pytest.mark.parametrize(("highest", "top"), [(0, 1), (0.4, 0.4), (3, 4), (7, 8), (9, 10), (11, 20), (43, 50)])
def test_the_scale_ends_on_a_round_number(highest: float, top: float) -> None:
    assert top_of_scale(highest) == pytest.approx(top)


def test_first_and_last_point_carry_their_date() -> None:
    assert label_places(24, 2) == [0, 23]
    assert label_places(32, 6)[0] == 0 and label_places(32, 6)[-1] == 31
    assert label_places(3, 6) == [0, 1, 2]


def test_one_point_alone_can_be_drawn() -> None:
    assert "<svg" in run_chart_svg(replace(SPEC, points=POINTS[:1]), Size.SMALL)


def test_the_gallery_shows_its_charts() -> None:
    assert len([one for one in page_of_gallery().all("figure") if "hf-chart" in one.attrs.get("class", "")]) == 4


def page_of_gallery() -> Page:
    from heedful.foundation.ui import samples

    context = {"tokens": (), "answers": (), "loop": (), "next_steps": (), "entries": (), "charts": samples.charts()}
    return page("ui/gallery.html", blank=samples.Everything(prefix="a"), wrong=samples.wrong(), **context)
