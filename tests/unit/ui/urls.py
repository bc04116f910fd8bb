"""The gallery alone, for tests that look at it in a browser."""

from django.urls import include, path

urlpatterns = [path("", include("heedful.foundation.ui.urls"))]
