"""What every command does first."""

import os


def set_up(process: str) -> None:
    os.environ["HEEDFUL_PROCESS"] = process
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heedful.config.settings")
    import django

    django.setup()
