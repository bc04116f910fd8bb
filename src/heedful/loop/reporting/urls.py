"""Telling us what happened, one's own reports, and the one JSON endpoint."""

from django.urls import path

from heedful.loop.reporting.views import after, api, phone, report

app_name = "reporting"
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
    path("api/record", api.record, name="api_record"),
    path("api/record/token", api.token, name="api_token"),
]
