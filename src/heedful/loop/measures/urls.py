"""Patterns: over all services, one chart, the cases behind a point, and the table to take away."""

from django.urls import path

from heedful.loop.measures import views

app_name = "measures"
urlpatterns = [
    path("patterns/", views.patterns, name="patterns"),
    path("patterns/<uuid:service_id>/<slug:what>/", views.chart, name="chart"),
    path("patterns/<uuid:service_id>/<slug:what>/table.csv", views.table, name="table"),
    path("patterns/<uuid:service_id>/<slug:what>/<str:month>/", views.cases, name="cases"),
]
