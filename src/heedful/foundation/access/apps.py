from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "heedful.foundation.access"
    label = "access"
