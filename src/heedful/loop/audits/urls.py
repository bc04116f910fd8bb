"""Looking again: planned, drawn, answered."""

from django.urls import path

from heedful.loop.audits import views

app_name = "audits"
urlpatterns = [
    path("audits/", views.listed, name="list"),
    path("audits/new", views.new, name="new"),
    path("audits/<uuid:audit_id>/", views.show, name="show"),
    path("audits/<uuid:audit_id>/draw/", views.draw, name="draw"),
    path("audits/<uuid:audit_id>/<int:position>/", views.item, name="item"),
    path("audits/<uuid:audit_id>/finish/", views.finish, name="finish"),
    path("audits/<uuid:audit_id>/move/", views.move, name="move"),
    path("audits/<uuid:audit_id>/cancel/", views.cancel, name="cancel"),
]
