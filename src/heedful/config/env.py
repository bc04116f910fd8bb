"""Every setting of Heedful that comes from outside: one typed class, read from environment variables."""

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from heedful.config import addresses, keys
from heedful.config.addresses import LOOPBACK, Mail
from heedful.config.addresses import django_database as django_database

PREFIX = "HEEDFUL_"
DATABASES = frozenset({"database_url", "database_owner_url", "database_backup_url", "database_superuser_url"})
SECRETS = DATABASES | {"secret_key", "ledger_key", "sealing_key", "email_url"}
Postgresql = Annotated[str, AfterValidator(addresses.postgresql)]


class SettingsError(Exception):
    """What is wrong with the settings: one line per variable, each with its mend."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("The settings are not right:\n" + "\n".join(f"  - {problem}" for problem in problems))


def _mail_server(value: str) -> str:
    addresses.mail(value)
    return value


class Settings(BaseSettings):
    """All settings. The description of each field is its line in the reference page."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, validate_default=True)

    database_url: Postgresql = Field(
        repr=False,
        description="PostgreSQL address for the role that serves. The role owns nothing and cannot bypass row-level "
        "security.",
        examples=["postgresql://heedful_app:secret@db/heedful"],
    )
    database_owner_url: Postgresql | None = Field(
        default=None,
        repr=False,
        description="PostgreSQL address for the role that owns the tables. Only `migrate`, `restore` and `upgrade` "
        "need it; the serving processes should not know it.",
        examples=["postgresql://heedful_owner:secret@db/heedful"],
    )
    database_backup_url: Postgresql | None = Field(
        default=None,
        repr=False,
        description="PostgreSQL address for the role that reads everything for dumps. Only `backup` and `upgrade` "
        "need it.",
        examples=["postgresql://heedful_backup:secret@db/heedful"],
    )
    database_superuser_url: Postgresql | None = Field(
        default=None,
        repr=False,
        description="PostgreSQL address of a superuser. Only `prepare-database` needs it: it makes the three roles.",
        examples=["postgresql://postgres:secret@db/postgres"],
    )
    secret_key: Annotated[str, AfterValidator(keys.secret)] = Field(
        repr=False,
        description="Signs sessions and one-time links: at least 50 random characters. Changing it signs "
        "everybody out.",
        examples=["made by `heedful doctor --new-keys`"],
    )
    ledger_key: Annotated[str, AfterValidator(keys.ledger)] = Field(
        repr=False,
        description="Key of the ledger: 64 hexadecimal digits (32 bytes). Keep a copy away from the database and its "
        "backups; without it the ledger cannot be verified.",
        examples=["made by `heedful doctor --new-keys`"],
    )
    sealing_key: Annotated[str, AfterValidator(keys.sealing)] = Field(
        repr=False,
        description="Seals secrets of authenticator apps, printed cards and sessions in the database: 64 hexadecimal "
        "digits (32 bytes). Keep a copy away from the database and its backups; without it nobody's app or card works. "
        "To change it, put the new one first and the old one after a comma, and run `heedful reseal`.",
        examples=["made by `heedful doctor --new-keys`"],
    )
    backup_recipients: Annotated[list[str], NoDecode, BeforeValidator(keys.listed), AfterValidator(keys.recipients)] = (
        Field(
            default=[],
            description="Public keys in the age format, separated by commas, to which every backup is encrypted. Their "
            "private halves are kept off this machine. Without it backups are not encrypted. Only `backup`, `upgrade` "
            "and `doctor` need it.",
            examples=["made by `heedful backup-key`"],
        )
    )
    data_dir: Path = Field(
        default=Path("/var/lib/heedful"),
        description="Folder for uploads, ledger anchors and backups. It must be an absolute path.",
    )
    anchor_file: Path | None = Field(
        default=None,
        description="File outside the database that keeps the ledger's latest heads. Best on another volume. "
        "Default: `anchors.log` in the data folder.",
    )
    base_url: Annotated[str, AfterValidator(addresses.web)] = Field(
        default="http://127.0.0.1:8000",
        description="Address at which people reach Heedful; links in mails start with it. https unless it is this "
        "machine itself.",
        examples=["https://heedful.example.org"],
    )
    allowed_hosts: Annotated[list[str], NoDecode, BeforeValidator(addresses.hosts)] = Field(
        default=[],
        description="Host names the web process answers to, separated by commas. Default: the host of the base URL, "
        "and this machine itself.",
        examples=["heedful.example.org"],
    )
    email_url: Annotated[str, AfterValidator(_mail_server)] | None = Field(
        default=None,
        repr=False,
        description="Mail server: `smtp://` (STARTTLS), `smtps://` (TLS from the start) or `smtp+plain://` (no TLS, "
        "only for a relay on this machine). Without it notices are shown in the app only.",
        examples=["smtp://user:secret@mail.example.org:587"],
    )
    from_email: str = Field(
        default="Heedful <heedful@localhost>", description="Sender of mails.", examples=["heedful@example.org"]
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least important log line that is written."
    )
    demo: bool = Field(
        default=False,
        description="Marks a demonstration with invented people. Refused unless the base URL is on this machine.",
    )
    process: Literal["web", "worker", "command"] = Field(
        default="command", description="Which kind of process this is; the `heedful` command sets it."
    )
    time_zone: Annotated[str, AfterValidator(addresses.time_zone)] = Field(
        default="Europe/London", description="Time zone in which times are shown."
    )
    secure_cookies: bool = Field(
        default=True,
        description="Cookies only over https. Default: yes, unless the base URL is on this machine.",
    )
    trusted_proxy_count: int = Field(
        default=0,
        ge=0,
        le=5,
        description="How many reverse proxies stand in front, so that the client's address is read from the right "
        "place in `X-Forwarded-For`. 0 means none.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, Environment(settings_cls)

    @field_validator("data_dir", "anchor_file")
    @classmethod
    def _is_absolute(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_absolute():
            raise ValueError("must be an absolute path (start it with /)")
        return value

    @field_validator("demo")
    @classmethod
    def _demo_stays_here(cls, value: bool, info: ValidationInfo) -> bool:
        base = info.data.get("base_url")
        if value and base and not addresses.is_loopback(base):
            raise ValueError(f"is only for this machine: set {PREFIX}BASE_URL to http://127.0.0.1:8000, or unset it")
        return value

    @model_validator(mode="before")
    @classmethod
    def _loopback_needs_no_tls(cls, values: Any) -> Any:
        if isinstance(values, dict) and "secure_cookies" not in values:
            base = urlsplit(str(values.get("base_url") or cls.model_fields["base_url"].default))
            values = values | {"secure_cookies": base.scheme != "http"}
        return values

    @model_validator(mode="after")
    def _fill_in(self) -> Self:
        # Frozen for everybody else; these two defaults depend on other fields.
        if self.anchor_file is None:
            object.__setattr__(self, "anchor_file", self.data_dir / "anchors.log")
        if not self.allowed_hosts:
            hosts = [urlsplit(self.base_url).hostname or "", *sorted(LOOPBACK - {"::1"}), "[::1]"]
            object.__setattr__(self, "allowed_hosts", list(dict.fromkeys(hosts)))
        return self

    @property
    def anchors(self) -> Path:
        """Where the ledger's heads are kept: `anchor_file`, never None."""
        return self.anchor_file or self.data_dir / "anchors.log"

    @property
    def ledger_key_bytes(self) -> bytes:
        return bytes.fromhex(self.ledger_key)

    @property
    def sealing_keys(self) -> list[bytes]:
        """The first seals, all of them open."""
        return [bytes.fromhex(one) for one in self.sealing_key.replace(",", " ").split()]

    @property
    def mail(self) -> Mail | None:
        return addresses.mail(self.email_url) if self.email_url else None

    def shown(self) -> dict[str, str]:
        """The settings in force, by variable name, secrets masked."""
        return {
            variable(name): ("(set)" if name in SECRETS and value else str(value))
            for name, value in self.model_dump().items()
        }


class Environment(PydanticBaseSettingsSource):
    """Reads `NAME`, or the content of the file that `NAME_FILE` names; an empty variable counts as not set."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return read(os.environ, field_name), field_name, False

    def __call__(self) -> dict[str, Any]:
        values = {name: read(os.environ, name) for name in self.settings_cls.model_fields}
        return {name: value for name, value in values.items() if value is not None}


def variable(field: str) -> str:
    """The name of a field's environment variable."""
    return field.upper() if field in DATABASES else PREFIX + field.upper()


def variables() -> set[str]:
    """Every environment variable that is understood."""
    names = {variable(name) for name in Settings.model_fields}
    return names | {f"{variable(name)}_FILE" for name in SECRETS}


def read(environ: Mapping[str, str], field: str) -> str | None:
    """The text given for a field, or None."""
    name = variable(field)
    path = environ.get(f"{name}_FILE")
    if path and field in SECRETS:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError([f"{name}_FILE: cannot read {path} ({error}). Mend the path or its rights."]) from None
    return environ.get(name, "").strip() or None


def load() -> Settings:
    """The settings in force; SettingsError lists everything that is wrong at once."""
    problems = _unknown(os.environ)
    try:
        settings = Settings()  # type: ignore[call-arg]
    except ValidationError as error:
        problems += [_problem(dict(item)) for item in error.errors()]
    if problems:
        raise SettingsError(problems)
    return settings


def _unknown(environ: Mapping[str, str]) -> list[str]:
    """A misspelt variable would otherwise be left out in silence."""
    known = variables()
    said = []
    for name in sorted(name for name in environ if name.startswith(PREFIX) and name not in known):
        near = difflib.get_close_matches(name, known, n=1)
        said.append(f"{name} is not a setting of Heedful. " + (f"Did you mean {near[0]}?" if near else "Remove it."))
    return said


def _problem(item: dict[str, Any]) -> str:
    field = str(item["loc"][0]) if item["loc"] else ""
    name = variable(field) if field else "settings"
    info = Settings.model_fields.get(field)
    if item["type"] == "missing" and info:
        example = f" For example: {info.examples[0]}" if info.examples else ""
        return f"{name} is not set. {info.description}{example}"
    message = str(item["msg"]).removeprefix("Value error, ")
    return f"{name} {message}" if item["type"] == "value_error" else f"{name}: {message}"
