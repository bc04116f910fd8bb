"""Registers the room with Django under the label `ui`."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "heedful.foundation.ui"
    label = "ui"
