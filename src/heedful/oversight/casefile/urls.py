"""The list of cases and one case's whole story."""

from django.urls import path

from heedful.oversight.casefile.views import holding, outside, reading, sharing

app_name = "casefile"
urlpatterns = [
    path("cases/", reading.cases, name="list"),
    path("cases/past-their-time/", holding.past_their_time, name="past_their_time"),
    path("cases/<uuid:event_id>/", reading.show, name="show"),
    path("cases/<uuid:event_id>/who-told-us/", reading.ask_for_reporter, name="ask_for_reporter"),
    path("cases/<uuid:event_id>/share/", sharing.share, name="share"),
    path("cases/<uuid:event_id>/share-outside/", outside.disclose, name="disclose"),
    path("cases/<uuid:event_id>/erase/", holding.erase, name="erase"),
    path("cases/<uuid:event_id>/hold/", holding.hold, name="hold"),
    path("cases/shared/<uuid:share_id>/withdraw/", sharing.withdraw, name="withdraw"),
]
