from typing import Any

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "heedful.config"
    label = "config"

    def ready(self) -> None:
        from heedful.config import reactions  # noqa: PLC0415  (models must be loaded first)
        from heedful.foundation.ledger import operations  # noqa: PLC0415
        from heedful.intake import queries as intake  # noqa: PLC0415
        from heedful.loop.actions import foresight  # noqa: PLC0415
        from heedful.loop.feedback.queries import own  # noqa: PLC0415
        from heedful.loop.reporting import came_of  # noqa: PLC0415
        from heedful.oversight.casefile import origins  # noqa: PLC0415

        operations.connect(reactions.defer)
        origins.connect(intake.origins_of)
        foresight.connect(_ahead)
        came_of.connect(own.newest_steps)


def _ahead(viewer: Any, asked: Any) -> Any:
    """Loaded when a page asks: commands that show none need no statistics."""
    from heedful.loop.effects import ahead  # noqa: PLC0415

    return ahead.tell(viewer, asked)
