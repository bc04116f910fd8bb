from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "heedful.loop.duties"
    label = "duties"
