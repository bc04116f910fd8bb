from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "heedful.loop.reporting"
    label = "reporting"
