from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "heedful.oversight.themes"
    label = "themes"
