"""Names to match, shut-outs, and where somebody may not be safe."""

from django.urls import path

from heedful.loop.incidents import views

app_name = "incidents"
urlpatterns = [
    path("not-safe/", views.not_safe, name="not_safe"),
    path("names/", views.names, name="names"),
    path("names/<uuid:involved_id>/", views.match, name="match"),
    path("shut-outs/", views.shut_outs, name="shut_outs"),
    path("shut-outs/<uuid:shut_out_id>/", views.lift, name="lift"),
]
