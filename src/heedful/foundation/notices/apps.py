from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "heedful.foundation.notices"
    label = "notices"
