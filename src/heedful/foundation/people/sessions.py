"""Sessions in the database of which a dump gives nothing away: the cookie's key as a digest, what is in them sealed."""

from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

from heedful.foundation.people import sealing


class SessionStore(db.SessionStore):
    """Keys have 165 random bits, so a plain digest cannot be turned back; whoever reads it cannot make the cookie."""

    def load(self) -> dict[str, Any]:
        alive = self.model.objects.filter(expire_date__gt=timezone.now())
        row = alive.filter(session_key=digest(self.session_key or "")).first()
        if row is None:
            # As Django does: a key that is not there is never used again.
            self._session_key = None
            return {}
        return self.decode(row.session_data)

    def exists(self, session_key: str) -> bool:
        return super().exists(digest(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = digest(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            super().delete(digest(key))

    def encode(self, session_dict: dict[str, Any]) -> str:
        return sealing.seal(super().encode(session_dict))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            return super().decode(sealing.unseal(str(session_data)))
        except sealing.SealedWithAnotherKey:
            return {}


def digest(key: str) -> str:
    """As long as the column."""
    return sha256(key.encode()).hexdigest()[:40]
