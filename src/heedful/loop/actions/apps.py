from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "heedful.loop.actions"
    label = "actions"
