"""Core codes with one label table, and an organisation's own words mapped onto them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from heedful.foundation.policies.errors import PolicyDataError, UnknownTerm
from heedful.foundation.policies.reading import read_yaml

FOLDER = Path(__file__).parent / "data" / "taxonomies"
SLUG = r"^[a-z][a-z0-9_]*$"


@dataclass(frozen=True)
class Term:
    """One code and its English label; callers pass `label` and `hint` through gettext."""

    slug: str
    label: str
    hint: str = ""
    parent: str | None = None
    maps_to: str | None = None
    codes: Mapping[str, str] = field(default_factory=dict)


class _TermData(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    slug: str = Field(pattern=SLUG)
    label: str = Field(min_length=1)
    hint: str = ""
    codes: dict[str, str] = {}
    terms: list["_TermData"] = []


class _TaxonomyData(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    taxonomy: str = Field(pattern=SLUG)
    version: int = Field(ge=1)
    title: str = Field(min_length=1)
    question: str = ""
    source: str = Field(min_length=1)
    verified: bool
    terms: list[_TermData] = Field(min_length=1)


@dataclass(frozen=True)
class Taxonomy:
    """An ordered list of terms. A subtype's slug is `parent.child`; an overlay term maps onto a core slug."""

    name: str
    version: int
    title: str
    question: str
    source: str
    verified: bool
    terms: tuple[Term, ...]

    @cached_property
    def _by_slug(self) -> Mapping[str, Term]:
        return {term.slug: term for term in self.terms}

    def __contains__(self, slug: object) -> bool:
        return slug in self._by_slug

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def term(self, slug: str) -> Term:
        try:
            return self._by_slug[slug]
        except KeyError:
            raise UnknownTerm(f"“{slug}” is not a code of “{self.title}”.") from None

    def label(self, slug: str) -> str:
        return self.term(slug).label

    def slugs(self) -> tuple[str, ...]:
        return tuple(term.slug for term in self.terms)

    def roots(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.parent is None)

    def children(self, slug: str) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.parent == self.term(slug).slug)

    def choices(self) -> list[tuple[str, str]]:
        """Top-level (slug, label) pairs for a form field."""
        return [(term.slug, term.label) for term in self.roots()]

    def core(self, slug: str) -> str:
        """The core code that a term stands for: itself, unless it is an organisation's own word."""
        return self.term(slug).maps_to or slug

    def with_ancestors(self, slugs: frozenset[str]) -> frozenset[str]:
        """Core codes with the main type of every subtype added, so that a rule about falls sees every kind of fall."""
        cores = {self.core(slug) for slug in slugs}
        return frozenset(cores | {parent for core in cores if (parent := self.term(core).parent)})

    def in_words(self, words: Mapping[str, str]) -> "Taxonomy":
        """The same codes under an organisation's own labels: `{core slug: own word}`. Hints and meaning stay."""
        return replace(self, terms=tuple(replace(t, label=words.get(t.slug, t.label)) for t in self.terms))

    def with_overlay(self, overlay: Mapping[str, tuple[str, str]]) -> "Taxonomy":
        """Add an organisation's own words: `{own slug: (label, core slug it means)}`."""
        own = tuple(self._overlaid(slug, label, maps_to) for slug, (label, maps_to) in overlay.items())
        return replace(self, terms=self.terms + own)

    def _overlaid(self, slug: str, label: str, maps_to: str) -> Term:
        if slug in self:
            raise PolicyDataError(f"“{slug}” is a code of “{self.title}” already: choose another for your own word.")
        if not label.strip():
            raise PolicyDataError(f"“{slug}” needs a label.")
        target = self.term(maps_to)
        if target.maps_to:
            raise PolicyDataError(f"“{slug}” must map onto a core code, and “{maps_to}” is one of your own words.")
        return Term(slug=slug, label=label.strip(), parent=target.parent, maps_to=maps_to)


def _flatten(terms: list[_TermData], parent: str | None = None) -> list[Term]:
    found: list[Term] = []
    for data in terms:
        slug = f"{parent}.{data.slug}" if parent else data.slug
        found.append(Term(slug=slug, label=data.label, hint=data.hint, parent=parent, codes=data.codes))
        found.extend(_flatten(data.terms, slug))
    return found


def parse(raw: object, where: str) -> Taxonomy:
    """Check one taxonomy file; `where` names it in messages."""
    try:
        data = _TaxonomyData.model_validate(raw)
    except ValidationError as error:
        raise PolicyDataError.from_validation(where, error) from error
    terms = tuple(_flatten(data.terms))
    slugs = [term.slug for term in terms]
    twice = sorted({slug for slug in slugs if slugs.count(slug) > 1})
    if twice:
        raise PolicyDataError(f"{where}: the code “{twice[0]}” stands twice.")
    return Taxonomy(
        name=data.taxonomy,
        version=data.version,
        title=data.title,
        question=data.question,
        source=data.source,
        verified=data.verified,
        terms=terms,
    )


@cache
def taxonomies() -> Mapping[str, Taxonomy]:
    """Every core taxonomy by name."""
    found = [parse(read_yaml(path), path.name) for path in sorted(FOLDER.glob("*.yaml"))]
    return {taxonomy.name: taxonomy for taxonomy in found}


def taxonomy(name: str) -> Taxonomy:
    """The core taxonomy of that name, for example `core_types`."""
    try:
        return taxonomies()[name]
    except KeyError:
        raise UnknownTerm(f"There is no taxonomy “{name}”.") from None
