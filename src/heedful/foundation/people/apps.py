from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "heedful.foundation.people"
    label = "people"
