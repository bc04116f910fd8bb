"""The addresses of people and places."""

from django.urls import path

from heedful.foundation.people import (
    choosing,
    erasure_views,
    exposure_views,
    place_views,
    reset_views,
    sign_in_views,
    views,
    words_views,
)

app_name = "people"
urlpatterns = [
    path("organisation/", choosing.choose_organisation, name="choose_organisation"),
    path("", views.staff, name="staff"),
    path("staff/add/", views.add_staff, name="add_staff"),
    path("staff/<uuid:staff_id>/", views.staff_member, name="staff_member"),
    path("staff/<uuid:staff_id>/sign-in/", sign_in_views.give_sign_in, name="give_sign_in"),
    path("staff/<uuid:staff_id>/sign-in/end/", sign_in_views.end_sign_in, name="end_sign_in"),
    path("staff/<uuid:staff_id>/role/", sign_in_views.give_role, name="give_role"),
    path("staff/<uuid:staff_id>/reset/", reset_views.ask, name="ask_reset"),
    path("roles/<uuid:membership_id>/end/", sign_in_views.end_role, name="end_role"),
    path("visitors/", sign_in_views.visitors, name="visitors"),
    path("visitors/add/", sign_in_views.add_visitor, name="add_visitor"),
    path("resets/", reset_views.waiting, name="resets"),
    path("resets/<uuid:reset_id>/", reset_views.agree, name="agree_reset"),
    path("resets/<uuid:reset_id>/withdraw/", reset_views.withdraw, name="withdraw_reset"),
    path("supported/", place_views.supported, name="supported"),
    path("supported/add/", place_views.add_person, name="add_person"),
    path("supported/<uuid:person_id>/forget/", erasure_views.ask, name="ask_to_erase"),
    path("forget/", erasure_views.waiting, name="erasures"),
    path("forget/<uuid:erasure_id>/", erasure_views.agree, name="agree_to_erase"),
    path("services/", place_views.services, name="services"),
    path("services/<uuid:service_id>/", place_views.service, name="service"),
    path("services/<uuid:service_id>/team/", place_views.add_team, name="add_team"),
    path("services/<uuid:service_id>/shift/", place_views.add_shift, name="add_shift"),
    path("services/<uuid:service_id>/post/", place_views.appoint, name="appoint"),
    path("words/", words_views.overview, name="words"),
    path("words/<slug:taxonomy_name>/", words_views.of_list, name="words_list"),
    path("words/<slug:taxonomy_name>/add/", words_views.add, name="words_add"),
    path("words/<uuid:word_id>/retire/", words_views.retire, name="words_retire"),
    path("care-given/", exposure_views.overview, name="exposure"),
    path("care-given/<uuid:service_id>/", exposure_views.of_service, name="exposure_service"),
    path("care-given/<uuid:service_id>/<int:year>/<int:month>/", exposure_views.enter, name="exposure_enter"),
]
