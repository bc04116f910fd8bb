"""The start page of the demonstration; no other database serves it."""

from django.urls import path

from heedful.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.start, name="start"),
    path("codes/", views.codes, name="codes"),
]
