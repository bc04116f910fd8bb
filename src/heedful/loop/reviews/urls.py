"""Understanding, and what is done with themes."""

from django.urls import path

from heedful.loop.reviews.views import reviews, steps, themes

app_name = "reviews"
urlpatterns = [
    path("reviews/", reviews.listed, name="list"),
    path("reviews/new/", reviews.new, name="new"),
    path("reviews/<uuid:review_id>/", reviews.show, name="show"),
    path("reviews/<uuid:review_id>/lead/", reviews.lead, name="lead"),
    path("reviews/<uuid:review_id>/together/", reviews.events, name="events"),
    path("reviews/<uuid:review_id>/again/", reviews.again, name="again"),
    path("reviews/<uuid:review_id>/<slug:step>/", steps.step, name="step"),
    path("findings/<uuid:finding_id>/drop/", steps.drop, name="drop"),
    path("themes/new/", themes.new, name="theme_new"),
    path("themes/<uuid:theme_id>/join/", themes.join, name="theme_join"),
    path("themes/<uuid:theme_id>/leave/<uuid:event_id>/", themes.leave, name="theme_leave"),
    path("themes/<uuid:theme_id>/hand-over/", themes.hand_over, name="theme_hand_over"),
    path("themes/<uuid:theme_id>/answer/", themes.answer, name="theme_answer"),
    path("themes/<uuid:theme_id>/again/", themes.again, name="theme_again"),
]
