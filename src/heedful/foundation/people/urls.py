"""The addresses of people and places."""

from django.urls import path

from heedful.foundation.people import choosing

app_name = "people"
urlpatterns = [
    path("organisation/", choosing.choose_organisation, name="choose_organisation"),
]
