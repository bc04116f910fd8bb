"""The gallery alone, for tests that look at it in a browser."""

from django.urls import path

from heedful.foundation.ui import views

urlpatterns = [path("gallery/", views.gallery, name="gallery")]
