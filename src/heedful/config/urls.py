"""Which address leads to which room."""

from django.urls import include, path

from heedful.config import errors, pages

urlpatterns = [
    path("", include("heedful.oversight.today.urls")),
    path("", include("heedful.oversight.casefile.urls")),
    path("healthz", pages.healthz, name="healthz"),
    path("help/", pages.help_page, name="help"),
    path("who-can-see-what/", pages.who_can_see, name="who_can_see"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("gallery/", pages.gallery, name="gallery"),
    path("demo/", include("heedful.demo.urls")),
    path("account/", include("heedful.foundation.people.urls_accounts")),
    path("", include("heedful.foundation.notices.urls")),
    path("left/", include("heedful.foundation.exits.urls")),
    path("files/", include("heedful.foundation.files.urls")),
    path("people/", include("heedful.foundation.people.urls")),
    path("", include("heedful.loop.reporting.urls")),
    path("", include("heedful.loop.incidents.urls")),
    path("", include("heedful.loop.duties.urls")),
    path("", include("heedful.loop.measures.urls")),
    path("", include("heedful.loop.actions.urls")),
    path("", include("heedful.loop.audits.urls")),
    path("", include("heedful.loop.feedback.urls")),
    path("", include("heedful.loop.effects.urls")),
    path("", include("heedful.loop.reviews.urls")),
    path("", include("heedful.oversight.themes.urls")),
    path("", include("heedful.oversight.governance.urls")),
    path("", include("heedful.intake.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.absent
handler500 = errors.broken
