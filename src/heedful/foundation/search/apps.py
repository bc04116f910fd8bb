from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "heedful.foundation.search"
    label = "search"
