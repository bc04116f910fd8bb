"""Telling us what happened, one's own reports, names to match, shut-outs, and the one JSON endpoint."""

from django.urls import path

from heedful.loop.incidents.views import after, api, conflict, phone, report

app_name = "incidents"
urlpatterns = [
    path("report/", report.start, name="report"),
    path("report/phone/", phone.shell, name="phone"),
    path("report/worker.js", phone.worker, name="worker"),
    path("report/<uuid:key>/check/", report.check, name="check"),
    path("report/<uuid:key>/discard/", report.discard, name="discard"),
    path("report/<uuid:key>/<slug:page_name>/", report.question, name="page"),
    path("reports/", after.mine, name="mine"),
    path("reports/<uuid:event_id>/", after.own, name="own"),
    path("reports/<uuid:event_id>/receipt/", after.receipt, name="receipt"),
    path("reports/<uuid:event_id>/correct/", after.correct, name="correct"),
    path("reports/<uuid:event_id>/questions/<uuid:question_id>/", after.answer, name="answer"),
    path("not-safe/", conflict.not_safe, name="not_safe"),
    path("names/", conflict.names, name="names"),
    path("names/<uuid:involved_id>/", conflict.match, name="match"),
    path("shut-outs/", conflict.shut_outs, name="shut_outs"),
    path("shut-outs/<uuid:shut_out_id>/", conflict.lift, name="lift"),
    path("api/record", api.record, name="api_record"),
    path("api/record/token", api.token, name="api_token"),
]
