from django.apps import AppConfig


class AuditsConfig(AppConfig):
    name = "heedful.loop.audits"
    label = "audits"
