from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "heedful.loop.measures"
    label = "measures"
