"""The web application as granian (or any other WSGI server) serves it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heedful.config.settings")

application = get_wsgi_application()

# After Django is set up: these read its settings.
from heedful.config import settings, warm  # noqa: E402

if settings.ENV.process == "web":
    warm.start()
