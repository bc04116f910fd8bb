"""Versions of the forms that people fill in. Every record keeps the version that it answered."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator

from heedful.foundation.policies.errors import NoPolicyInForce, PolicyDataError
from heedful.foundation.policies.reading import read_yaml
from heedful.foundation.policies.schema import Slug, Strict, Text, no_duplicates
from heedful.foundation.policies.taxonomies import taxonomies, taxonomy

FOLDER = Path(__file__).parent / "data" / "forms"


class FormQuestion(Strict):
    """One question: its wording, its codes if any, and for which of the reporter's words it is asked."""

    slug: Slug
    text: Text
    hint: str = ""
    answer: Literal["words", "when", "place", "people", "one_of", "any_of", "number", "told"]
    taxonomy: str = ""
    # Asked in the short report too.
    short: bool = False
    required: bool = False


class FormVersion(Strict):
    """A form as it stood from a day on."""

    form: Slug
    version: int = Field(ge=1)
    valid_from: date
    title: Text
    # A report with only these kinds asks the short questions.
    short_kinds: list[Slug]
    # What a word settles by what it means: a near miss reached nobody.
    implied: dict[Slug, dict[Slug, str]] = {}
    questions: list[FormQuestion] = Field(min_length=1)

    @property
    def reference(self) -> str:
        return f"{self.form}@{self.version}"

    def question(self, slug: str) -> FormQuestion:
        return next(question for question in self.questions if question.slug == slug)

    @model_validator(mode="after")
    def _codes_are_known(self) -> "FormVersion":
        no_duplicates([question.slug for question in self.questions], "question")
        for question in self.questions:
            if question.taxonomy and question.taxonomy not in taxonomies():
                raise ValueError(f"“{question.taxonomy}” is not a taxonomy")
        for kind in [*self.short_kinds, *self.implied]:
            if kind not in taxonomy("event_kinds"):
                raise ValueError(f"“{kind}” is not a kind of event")
        return self


@cache
def _forms() -> Mapping[str, FormVersion]:
    found: dict[str, FormVersion] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        try:
            form = FormVersion.model_validate(read_yaml(path))
        except ValidationError as error:
            raise PolicyDataError.from_validation(path.name, error) from error
        found[form.reference] = form
    return found


def all_forms() -> tuple[FormVersion, ...]:
    """Every version of every form."""
    return tuple(_forms().values())


def form(name: str, *, on: date) -> FormVersion:
    """The newest version of a form on that day."""
    held = [form for form in _forms().values() if form.form == name and form.valid_from <= on]
    if not held:
        raise NoPolicyInForce(f"There is no form “{name}” on {on:%-d %B %Y}.")
    return max(held, key=lambda form: form.version)


def form_version(reference: str) -> FormVersion:
    """The version that a record says it answered, for example `record@1`."""
    try:
        return _forms()[reference]
    except KeyError:
        raise NoPolicyInForce(f"There is no form version “{reference}”.") from None
