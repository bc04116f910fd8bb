"""The register of what left."""

from django.urls import path

from heedful.foundation.exits import views

app_name = "exits"
urlpatterns = [path("", views.left, name="left")]
