from django.urls import path

from heedful.foundation.notices import roster_views, views

app_name = "notices"
urlpatterns = [
    path("notices/", views.mine, name="mine"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/<uuid:notice_id>/", views.follow, name="follow"),
    path("notices/undelivered/", views.undelivered, name="undelivered"),
    path("notices/undelivered/again/", views.again, name="again"),
    path("roster/", roster_views.all_services, name="roster"),
    path("roster/<uuid:service_id>/", roster_views.service, name="service"),
    path("roster/<uuid:service_id>/add/", roster_views.add, name="add"),
    path("roster/<uuid:service_id>/away/", roster_views.away, name="away"),
    path("roster/<uuid:service_id>/end/<uuid:duty_id>/", roster_views.end, name="end"),
    path("roster/<uuid:service_id>/back/<uuid:absence_id>/", roster_views.back, name="back"),
]
