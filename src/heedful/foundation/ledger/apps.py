from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "heedful.foundation.ledger"
    label = "ledger"
