from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "heedful.loop.feedback"
    label = "feedback"
