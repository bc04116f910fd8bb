from django.apps import AppConfig


class CasefileConfig(AppConfig):
    name = "heedful.oversight.casefile"
    label = "casefile"
