"""Did it work? The verdict on one action, the cases behind a point, and asking again."""

from django.urls import path

from heedful.loop.effects import views

app_name = "effects"
urlpatterns = [
    path("verdicts/", views.register, name="register"),
    path("verdicts/<uuid:action_id>/", views.verdict, name="verdict"),
    path("verdicts/<uuid:action_id>/again", views.again, name="again"),
    path("verdicts/<uuid:action_id>/<str:month>/", views.cases, name="cases"),
]
