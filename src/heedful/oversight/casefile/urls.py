"""The list of cases and one case's whole story."""

from django.urls import path

from heedful.oversight.casefile import views

app_name = "casefile"
urlpatterns = [
    path("cases/", views.cases, name="list"),
    path("cases/<uuid:event_id>/", views.show, name="show"),
    path("cases/<uuid:event_id>/who-told-us/", views.ask_for_reporter, name="ask_for_reporter"),
]
