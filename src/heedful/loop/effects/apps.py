from django.apps import AppConfig


class EffectsConfig(AppConfig):
    name = "heedful.loop.effects"
    label = "effects"
