"""Bringing in what was written down before Heedful."""

from django.urls import path

from heedful.intake import views

app_name = "intake"
urlpatterns = [
    path("imports/", views.listed, name="list"),
    path("imports/new/", views.send, name="send"),
    path("imports/<uuid:upload_id>/", views.show, name="show"),
    path("imports/<uuid:upload_id>/rows/", views.rows, name="rows"),
    path("imports/<uuid:upload_id>/rows/file/", views.rows_file, name="rows_file"),
    path("imports/<uuid:upload_id>/bring-in/", views.bring_in, name="bring_in"),
    path("imports/<uuid:upload_id>/take-back/", views.take_back, name="take_back"),
    path("imports/<uuid:upload_id>/throw-away/", views.throw_away, name="throw_away"),
]
