from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "heedful.loop.reviews"
    label = "reviews"
