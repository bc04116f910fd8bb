"""The component gallery. `config.urls` mounts it where it may be seen."""

from django.urls import path

from heedful.foundation.ui import views

app_name = "ui"
urlpatterns = [path("gallery/", views.gallery, name="gallery")]
