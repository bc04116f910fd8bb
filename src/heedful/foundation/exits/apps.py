from django.apps import AppConfig


class ExitsConfig(AppConfig):
    name = "heedful.foundation.exits"
    label = "exits"
