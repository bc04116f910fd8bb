from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "heedful.loop.incidents"
    label = "incidents"
