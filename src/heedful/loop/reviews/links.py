"""Where notices and other rooms lead: paths on this site."""

from uuid import UUID

from django.urls import NoReverseMatch, reverse


def to_review(review_id: UUID) -> str:
    return reverse("reviews:show", args=[review_id])


def to_theme(theme_id: UUID) -> str:
    """The theme's page is composed in oversight, where the later stages can be shown too."""
    try:
        return reverse("themes:show", args=[theme_id])
    except NoReverseMatch:
        return reverse("reviews:list")
