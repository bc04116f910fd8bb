"""The Jinja environment of every page: autoescape, gettext, and the few words that templates may use."""

from typing import Any

from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, pass_context
from jinja2.runtime import Context

from heedful.foundation.ui import errors, fields, filters, icons
from heedful.foundation.ui.navigation import navigation

GOVUK = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})


def environment(**options: Any) -> Environment:
    """Called by Django's Jinja2 backend, which passes the loader for the rooms' template folders."""
    options["loader"] = ChoiceLoader([options["loader"], GOVUK])
    options["extensions"] = [*options.get("extensions", ()), "jinja2.ext.i18n", "jinja2.ext.do"]
    options.update(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made = Environment(**options)  # noqa: S701 - autoescape is on, above
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.globals.update(_globals())
    made.filters.update(filters.FILTERS)
    return made


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named route: `url("casefile:show", event.id)`."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


@pass_context
def title_prefix(context: Context) -> str:
    """ "Error: " when the page's `form` has errors, so that a screen reader says so first."""
    return f"{gettext('Error:')} " if errors.problems(context.get("form")) else ""


def _globals() -> dict[str, Any]:
    return {
        "url": url,
        "static": static,
        "icon": icons.icon,
        "ring": icons.ring,
        "mark": icons.mark,
        "field": fields.render,
        "error_summary": errors.error_summary,
        "title_prefix": title_prefix,
        "navigation": navigation,
        "notes": get_messages,
        "language": get_language,
        "plural": filters.plural,
    }
