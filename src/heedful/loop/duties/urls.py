"""Deciding, and what a decision brings."""

from django.urls import path

from heedful.loop.duties.views import after, inbox, moving, triage

app_name = "duties"
urlpatterns = [
    path("decide/", inbox.inbox, name="inbox"),
    path("decide/<uuid:event_id>/", triage.triage, name="triage"),
    path("decide/<uuid:event_id>/agree/", after.agree, name="agree"),
    path("decide/<uuid:event_id>/reasons/", after.reasons, name="reasons"),
    path("decide/<uuid:event_id>/pass-on/", moving.pass_on, name="pass_on"),
    path("decide/<uuid:event_id>/ask/", moving.send_back, name="send_back"),
    path("decide/<uuid:event_id>/duplicate/", moving.duplicate, name="duplicate"),
    path("decide/<uuid:event_id>/answer/", moving.answer, name="answer"),
    path("decide/<uuid:event_id>/reopen/", moving.reopen, name="reopen"),
    path("duties/<uuid:duty_id>/", after.duty, name="duty"),
    path("find-out/<uuid:find_out_id>/", after.find_out, name="find_out"),
    path("policies/<slug:name>/<int:version>/", after.policy, name="policy"),
]
