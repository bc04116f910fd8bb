from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "heedful.oversight.governance"
    label = "governance"
