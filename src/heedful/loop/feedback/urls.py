"""What is told of a case, by those who choose it; what came of it, for whoever told us; and bulletins."""

from django.urls import path

from heedful.loop.feedback.views import bulletins, telling

app_name = "feedback"
urlpatterns = [
    path("reports/<uuid:event_id>/told/", telling.own, name="own"),
    path("tell/", telling.waiting, name="waiting"),
    path("cases/<uuid:event_id>/tell/", telling.case, name="case"),
    path("cases/<uuid:event_id>/tell/police/", telling.police, name="police"),
    path("cases/<uuid:event_id>/tell/reporter/<slug:part>/", telling.reporter, name="reporter"),
    path("cases/<uuid:event_id>/tell/person/<uuid:person_id>/<slug:part>/", telling.person, name="person"),
    path("cases/<uuid:event_id>/tell/family/<uuid:relation_id>/may-we/", telling.may_we, name="may_we"),
    path("cases/<uuid:event_id>/tell/family/<uuid:relation_id>/<slug:part>/", telling.family, name="family"),
    path("bulletins/", bulletins.listed, name="bulletins"),
    path("bulletins/new", bulletins.new, name="new_bulletin"),
    path("bulletins/<uuid:bulletin_id>/", bulletins.show, name="bulletin"),
    path("bulletins/<uuid:bulletin_id>/write/", bulletins.edit, name="edit_bulletin"),
    path("bulletins/<uuid:bulletin_id>/propose/", bulletins.propose, name="propose"),
    path("bulletins/<uuid:bulletin_id>/check/", bulletins.check, name="check"),
    path("bulletins/<uuid:bulletin_id>/handover/", bulletins.hand_over, name="hand_over"),
    path("bulletins/<uuid:bulletin_id>/print/", bulletins.printed, name="print"),
]
