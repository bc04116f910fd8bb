"""What the gallery shows. All names and numbers are invented."""

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from heedful.foundation.ui import forms
from heedful.foundation.ui.charts import ChartSpec, Drawing, Flag, Point, draw

TOKENS = (
    ("paper", _("page")),
    ("card", _("what you read")),
    ("sunk", _("context")),
    ("wash", _("gentle fill")),
    ("line", _("hairline")),
    ("control", _("input edge")),
    ("ink", _("text")),
    ("ink-2", _("quiet text")),
    ("brand", _("act, done")),
    ("link", _("link")),
    ("needs", _("needs you")),
    ("error", _("error")),
    ("better", _("improvement")),
    ("worse", _("concern")),
    ("usual", _("common cause")),
    ("nojudge", _("no judgement")),
)
ANSWERS = ("worked", "probably", "too-early", "no-change", "worse")
LOOP = (
    {"label": _("Heard"), "when": "14 June", "ring": "done"},
    {"label": _("Decided"), "when": _("same day"), "ring": "done"},
    {"label": _("Understood"), "when": "24 June", "ring": "done"},
    {"label": _("Changed"), "when": "by 1 July", "ring": "now"},
    {"label": _("Told"), "when": "by 14 July", "ring": "ahead"},
    {"label": _("Did it work?"), "when": _("first look August"), "ring": "ahead"},
)
NEXT_STEPS = (
    {"ring": "done", "title": "03:12", "tail": _("You told us"), "text": _("Told within the hour. That helps.")},
    {"ring": "now", "title": _("By 10:00"), "tail": _("Amira decides"), "text": _("You'll see what, and why.")},
    {"ring": "ahead", "title": _("By Fri 4 December"), "tail": _("We tell you what changed"), "text": _("Or why not.")},
)
ENTRIES = (
    {"when": "14 June, 07:40", "text": "Tomasz tells us"},
    {"when": "08:05", "text": "Doctor rung, 25 minutes after we knew"},
    {"when": "09:55", "text": "Amira decides: Review"},
    {"when": "1 July", "text": "The change starts"},
)
LEVELS = (("note", "Note"), ("reflect", "Reflect"), ("review", "Review"), ("enquiry", "Enquiry"), ("now", "Emergency"))
KINDS = (("fall", "A fall"), ("medicine", "Medicine"), ("worry", "A worry"), ("unsure", "Not sure"))
PLACES = (("", _("Choose")), ("lounge", "Lounge"), ("hall", "Hall"))
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
INITIAL = {"words": "Mr Kettleby slid off the chair.", "safe": "yes", "level": "review", "kinds": ["fall"]}


class Everything(forms.Form):
    """One field of each sort."""

    words = forms.Narrative(label=_("In your own words"), help_text=_("What did you see or hear? Who was there?"))
    short = forms.Line(label=_("What did you see?"), help_text=_("One line is enough"))
    safe = django_forms.ChoiceField(
        label=_("Is everyone safe now?"),
        choices=(("yes", _("Yes, everyone is safe")), ("no", _("No, we need help now")), ("unsure", _("I'm not sure"))),
        widget=django_forms.RadioSelect,
    )
    made_safe = forms.Narrative(label=_("What did you do to make it safe?"), required=False)
    level = django_forms.ChoiceField(label=_("Your decision"), choices=LEVELS, widget=django_forms.RadioSelect)
    kinds = django_forms.MultipleChoiceField(
        label=_("What kind of thing was it?"),
        help_text=_("Choose one or more"),
        choices=KINDS,
        widget=django_forms.CheckboxSelectMultiple,
    )
    shared = django_forms.BooleanField(
        label=_("This is a shared phone"), help_text=_("We sign you out after 5 minutes.")
    )
    day = forms.DateField(label=_("Which day was it?"), help_text=_("A guess is fine"))
    at = forms.TimeField(label=_("What time?"))
    where = django_forms.ChoiceField(
        label=_("Where?"), choices=(("", _("Choose")), ("lounge", "Lounge"), ("hall", "Hall"))
    )
    beds = django_forms.IntegerField(label=_("How many people live here?"))
    email = django_forms.EmailField(label=_("E-mail"))
    password = django_forms.CharField(label=_("Password"), widget=django_forms.PasswordInput)
    photo = django_forms.FileField(label=_("Add a photo or a file"))

    presentation = {
        "words": {"label_size": "m", "count": True},
        "safe": {
            "hints": {
                "no": _("Press Continue and we ring the manager on call."),
                "unsure": _("A senior will ring you."),
            },
            "reveals": {"yes": ["made_safe"]},
        },
        "level": {
            "cards": True,
            "hints": {"note": _("write it down"), "reflect": _("5 minutes"), "review": _("this week")},
        },
        "kinds": {"exclusive": "unsure", "dividers": {"unsure": _("or")}},
        "at": {"width": 10},
        "beds": {"width": 4, "suffix": _("people")},
        "email": {"width": 20},
        "password": {"width": 20},
    }


def wrong() -> Everything:
    """The same form, sent with mistakes in every field."""
    form = Everything({"wrong-day_day": "31", "wrong-day_month": "6", "wrong-day_year": "2026"}, prefix="wrong")
    form.full_clean()
    return form


def charts() -> dict[str, Drawing]:
    return {"signal": draw(_signal()), "change": draw(_change()), "quiet": draw(_quiet()), "small": draw(_small())}


def _signal() -> ChartSpec:
    counts = [0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 2, 1, 1, 2]
    points = tuple(
        Point(f"Week {number}", count, Flag.WORSE if number > 21 else Flag.USUAL)
        for number, count in enumerate(counts, start=1)
    )
    return ChartSpec(
        finding="Small falls in the evening rose at Fennel Row",
        sentence="Small falls in the evening, week by week: 7 in the last five weeks, where about 2 would be usual.",
        points=points,
        value_name="Falls",
        caption="Each dot is one week. The line is usual.",
        centre=0.4,
        note="7 in five weeks",
    )


def _change() -> ChartSpec:
    before = [1, 3, 3, 0, 1, 6, 1, 1, 6, 3, 2, 3, 4, 2, 1, 5, 4, 3, 4, 2, 5, 0]
    spell, after = [6, 7], [2, 1, 1, 2, 0, 1, 1, 1]
    flags = [Flag.USUAL] * 22 + [Flag.LEFT_OUT] * 2 + [Flag.BETTER] * 8
    names = [f"{month} {year}" for year in (2024, 2025, 2026) for month in MONTHS]
    return ChartSpec(
        finding="Falls in the lounge dropped after 2 March and stayed down",
        sentence="Falls in the lounge by month: 60 in the 22 months before, 9 in the 8 months after 2 March 2026.",
        points=tuple(map(Point, names[2:], [*before, *spell, *after], flags)),
        value_name="Falls",
        caption="Each dot is one month. Beds filled were 36 to 38 all the way, so months can be compared.",
        centre=2.7,
        centre_to=21,
        centre_label="2.7 a month",
        change_at=24,
        change_label="2 March 2026",
        note="9 in 8 months",
        note_phone="After: 9",
    )


def _quiet() -> ChartSpec:
    counts = [2, 1, 3, 2, 1, 2, 2, 3, 1, 2, 2, 2, 1, 0, 0]
    points = tuple(
        Point(f"Month {n}", c, Flag.NOJUDGE if n > 13 else Flag.USUAL) for n, c in enumerate(counts, start=1)
    )
    return ChartSpec(
        finding="Orrin Lodge has told us of no near miss since September",
        sentence="Near misses told each month: one or two as a rule, none in the last two months.",
        points=points,
        value_name="Near misses",
        centre=1.6,
    )


def _small() -> ChartSpec:
    counts = [5, 2, 2, 1, 4, 3, 1, 2, 3, 2, 4, 4, 4, 3, 3, 2, 2, 1, 2, 4, 2, 3, 5, 3]
    points = tuple(Point(f"Month {number}", count) for number, count in enumerate(counts, start=1))
    sentence = "Falls at Tansy Court by month: 1 to 5, about 3 as a rule. Nothing unusual."
    return ChartSpec(
        "Nothing unusual at Tansy Court", sentence, points, "Falls", centre=3, upper=8, y_max=8, small=True
    )
