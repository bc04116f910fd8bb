"""What needs this reader now."""

from django.urls import path

from heedful.oversight.today import views

app_name = "today"
urlpatterns = [path("", views.today, name="today")]
