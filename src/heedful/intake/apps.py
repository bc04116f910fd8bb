from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "heedful.intake"
    label = "intake"
