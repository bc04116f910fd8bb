"""Themes as they are read: the list, and one theme with everything that came of it."""

from django.urls import path

from heedful.oversight.themes import views

app_name = "themes"
urlpatterns = [
    path("themes/", views.listed, name="list"),
    path("themes/<uuid:theme_id>/", views.show, name="show"),
]
