"""Agreeing what will be different, and seeing that it is."""

from django.urls import path

from heedful.loop.actions.views import agreeing, moving, showing

app_name = "actions"
urlpatterns = [
    path("actions/", showing.mine, name="mine"),
    path("actions/new", agreeing.new, name="new"),
    path("actions/<uuid:action_id>/", showing.show, name="show"),
    path("actions/<uuid:action_id>/aim/", agreeing.aim, name="aim"),
    path("actions/<uuid:action_id>/more-time/", moving.extend, name="extend"),
    path("actions/<uuid:action_id>/done/", moving.done, name="done"),
    path("actions/<uuid:action_id>/check/", moving.check, name="check"),
    path("actions/<uuid:action_id>/drop/", moving.drop, name="drop"),
    path("actions/plans/<uuid:plan_id>/", moving.plan, name="plan"),
]
