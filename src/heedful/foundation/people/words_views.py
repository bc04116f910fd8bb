"""The organisation's own words for Heedful's terms: which there are, adding one, retiring one. No case is shown."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from heedful.foundation.access.http import ViewerRequest, not_found, page
from heedful.foundation.access.permissions import Permission
from heedful.foundation.people import words, words_operations
from heedful.foundation.people.page_tools import attempt, show, today
from heedful.foundation.people.terms import TaxonomyTerm
from heedful.foundation.people.words_forms import AddWord, RetireWord
from heedful.foundation.policies.taxonomies import taxonomy


@dataclass(frozen=True)
class Line:
    """One of Heedful's terms and the words that the organisation has for it."""

    core: str
    is_finer: bool
    shown: str
    own: list[TaxonomyTerm]


@page(Permission.ADMINISTER)
def overview(request: ViewerRequest) -> HttpResponse:
    """Every list that may have own words, with how many there are."""
    lists = [(name, taxonomy(name), _in_force(name)) for name in words.OPEN]
    return show(request, "people/words.html", lists=lists, count=sum(found for _name, _terms, found in lists))


@page(Permission.ADMINISTER)
def of_list(request: ViewerRequest, taxonomy_name: str) -> HttpResponse:
    """One list: Heedful's terms, and ours."""
    if taxonomy_name not in words.OPEN:
        return not_found(request)
    stored = list(TaxonomyTerm.objects.filter(taxonomy=taxonomy_name).order_by("valid_from", "id"))
    shown = words.terms(taxonomy_name)
    lines = [
        Line(_(term.label), bool(term.parent), _(shown.label(term.slug)), [w for w in stored if w.maps_to == term.slug])
        for term in taxonomy(taxonomy_name)
    ]
    return show(request, "people/words_list.html", terms=taxonomy(taxonomy_name), lines=lines, name=taxonomy_name)


@page(Permission.ADMINISTER)
def add(request: ViewerRequest, taxonomy_name: str) -> HttpResponse:
    if taxonomy_name not in words.OPEN:
        return not_found(request)
    form = AddWord(request.POST or None, taxonomy_name=taxonomy_name, initial={"maps_to": request.GET.get("for", "")})
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _add(request, taxonomy_name, form))
        if made is not None:
            messages.success(request, _("“%(word)s” is one of your words now.") % {"word": made.label})
            return redirect("people:words_list", taxonomy_name)
    return show(request, "people/words_add.html", form=form, terms=taxonomy(taxonomy_name), name=taxonomy_name)


@page(Permission.ADMINISTER)
def retire(request: ViewerRequest, word_id: UUID) -> HttpResponse:
    word = TaxonomyTerm.objects.filter(pk=word_id, valid_to__isnull=True).first()
    if word is None:
        return not_found(request)
    form = RetireWord(request.POST or None, today=today(request), began=word.valid_from)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: _retire(request, word, form))
        if done is not None:
            messages.success(request, _("“%(word)s” is retired.") % {"word": word.label})
            return redirect("people:words_list", word.taxonomy)
    core = _(taxonomy(word.taxonomy).label(word.maps_to))
    return show(request, "people/words_retire.html", form=form, word=word, core=core)


def _in_force(name: str) -> int:
    return sum(1 for word in words.own_words(name) if word.valid_to is None)


def _add(request: ViewerRequest, name: str, form: AddWord) -> TaxonomyTerm:
    said = form.cleaned_data
    return words_operations.add_word(
        taxonomy_name=name,
        label=said["label"],
        maps_to=said["maps_to"],
        day=today(request),
        by=request.viewer,
        at=request.received_at,
    )


def _retire(request: ViewerRequest, word: TaxonomyTerm, form: RetireWord) -> TaxonomyTerm:
    day = form.cleaned_data["last_day"]
    return words_operations.retire_word(term_id=word.pk, last_day=day, by=request.viewer, at=request.received_at)
