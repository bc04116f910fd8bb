"""Which address leads to which room."""

from django.urls import include, path

from heedful.config import errors

urlpatterns = [
    path("", include("heedful.oversight.today.urls")),
    path("", include("heedful.oversight.casefile.urls")),
    path("account/", include("heedful.foundation.people.urls_accounts")),
    path("files/", include("heedful.foundation.files.urls")),
    path("people/", include("heedful.foundation.people.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.absent
handler500 = errors.broken
