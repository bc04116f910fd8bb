from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "heedful.foundation.files"
    label = "files"
