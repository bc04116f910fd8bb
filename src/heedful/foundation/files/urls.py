from django.urls import path

from heedful.foundation.files import views

app_name = "files"
urlpatterns = [
    path("add/<slug:subject_type>/<uuid:subject_id>/", views.add, name="add"),
    path("<uuid:attachment_id>/", views.download, name="download"),
]
