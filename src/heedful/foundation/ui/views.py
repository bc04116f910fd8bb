"""The component gallery: every part of the house style in every state, with invented names."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from heedful.foundation.ui import samples


def gallery(request: HttpRequest) -> HttpResponse:
    """One page for designers, engineers and the accessibility run."""
    context = {
        "tokens": samples.TOKENS,
        "answers": samples.ANSWERS,
        "loop": samples.LOOP,
        "next_steps": samples.NEXT_STEPS,
        "entries": samples.ENTRIES,
        "charts": samples.charts(),
        "blank": samples.Everything(prefix="blank", initial=samples.INITIAL),
        "wrong": samples.wrong(),
    }
    return render(request, "ui/gallery.html", context)
