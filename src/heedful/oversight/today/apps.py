from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "heedful.oversight.today"
    label = "today"
