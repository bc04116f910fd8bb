"""One typed settings class: what is wrong names itself and its mend, all at once."""

import os
from pathlib import Path

import pytest

from heedful.config import env
from heedful.hosting import age
from heedful.hosting.acting import act_as

GOOD = {
    "DATABASE_URL": "postgresql://heedful_app:pw@db/heedful",
    "HEEDFUL_SECRET_KEY": "k" * 50,
    "HEEDFUL_LEDGER_KEY": "0f" * 32,
    "HEEDFUL_SEALING_KEY": "f0" * 32,
}


@pytest.fixture
def set_only(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Set these variables, and no others of ours."""

    def do(**variables: str) -> None:
        for name in [name for name in os.environ if name.startswith(("HEEDFUL_", "DATABASE_"))]:
            monkeypatch.delenv(name)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return do


def problems() -> list[str]:
    with pytest.raises(env.SettingsError) as caught:
        env.load()
    return caught.value.problems


def test_the_needed_variables_are_enough(set_only) -> None:  # type: ignore[no-untyped-def]
    set_only(**GOOD)
    settings = env.load()
    assert settings.anchors == Path("/var/lib/heedful/anchors.log")
    assert settings.ledger_key_bytes == b"\x0f" * 32
    assert settings.time_zone == "Europe/London"
    assert settings.mail is None


def test_everything_missing_is_said_at_once_with_its_name(set_only) -> None:  # type: ignore[no-untyped-def]
    set_only()
    said = problems()
    assert {line.split()[0] for line in said} == set(GOOD)
    assert all("is not set." in line for line in said)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DATABASE_URL", "mysql://db/heedful", "must start with postgresql://"),
        ("DATABASE_URL", "postgresql://db", "names no database"),
        ("DATABASE_OWNER_URL", "postgresql://db:port/heedful?x=%zz", "is not an address"),
        ("HEEDFUL_SECRET_KEY", "short", "--new-keys"),
        ("HEEDFUL_LEDGER_KEY", "xyz", "64 hexadecimal digits"),
        ("HEEDFUL_SEALING_KEY", "xyz", "64 hexadecimal digits"),
        ("HEEDFUL_SEALING_KEY", "ab" * 32 + ",xyz", "64 hexadecimal digits"),
        ("HEEDFUL_BACKUP_RECIPIENTS", "age1abc", "place 1"),
        ("HEEDFUL_DATA_DIR", "data", "absolute path"),
        ("HEEDFUL_ALLOWED_HOSTS", "*", "may not contain *"),
        ("HEEDFUL_BASE_URL", "http://heedful.example.org", "must start with https://"),
        ("HEEDFUL_BASE_URL", "heedful", "must be a web address"),
        ("HEEDFUL_EMAIL_URL", "mail.example.org", "smtp://"),
        ("HEEDFUL_TIME_ZONE", "Mars/Olympus", "Europe/London"),
        ("HEEDFUL_LOG_LEVEL", "LOUD", "'INFO'"),
        ("HEEDFUL_TRUSTED_PROXY_COUNT", "many", "integer"),
        ("HEEDFUL_BASEURL", "https://x", "Did you mean HEEDFUL_BASE_URL?"),
    ],
)
def test_a_wrong_variable_names_itself_and_the_mend(set_only, name: str, value: str, words: str) -> None:  # type: ignore[no-untyped-def]
    set_only(**GOOD | {name: value})
    [line] = problems()
    assert line.startswith(name)
    assert words in line


def test_several_wrong_variables_are_said_together(set_only) -> None:  # type: ignore[no-untyped-def]
    set_only(**dict.fromkeys(GOOD, "x"), HEEDFUL_TIME_ZONE="q")
    assert len(problems()) == 5


def test_no_secret_is_ever_shown(set_only) -> None:  # type: ignore[no-untyped-def]
    set_only(**GOOD | {"HEEDFUL_EMAIL_URL": "smtp://user:letmein@mail", "HEEDFUL_LEDGER_KEY": "canary-key"})
    assert "canary" not in str(problems())
    set_only(**GOOD | {"HEEDFUL_EMAIL_URL": "smtp://user:letmein@mail"})
    settings = env.load()
    for text in (repr(settings), str(settings.shown())):
        assert "letmein" not in text
        assert GOOD["HEEDFUL_SECRET_KEY"] not in text
        assert "pw@db" not in text


def test_backups_may_be_encrypted_to_several_public_keys_but_no_private_one_is_taken(set_only) -> None:  # type: ignore[no-untyped-def]
    private, public = age.new_pair()
    set_only(**GOOD, HEEDFUL_BACKUP_RECIPIENTS=f" {public},{public} ")
    assert env.load().backup_recipients == [public, public]
    set_only(**GOOD, HEEDFUL_BACKUP_RECIPIENTS=f"{public}, age1abc")
    assert "place 2" in problems()[0]
    set_only(**GOOD, HEEDFUL_BACKUP_RECIPIENTS=private)
    [line] = problems()
    assert "must not be on this machine" in line
    assert private[20:40] not in line


def test_a_secret_may_lie_in_a_file(set_only, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    secret = tmp_path / "key"
    secret.write_text("f" * 60 + "\n")
    without = {name: value for name, value in GOOD.items() if name != "HEEDFUL_SECRET_KEY"}
    set_only(**without, HEEDFUL_SECRET_KEY_FILE=str(secret))
    assert env.load().secret_key == "f" * 60
    set_only(**without, HEEDFUL_SECRET_KEY_FILE=str(tmp_path / "absent"))
    assert problems()[0].startswith("HEEDFUL_SECRET_KEY_FILE: cannot read")


def test_the_demonstration_is_only_for_this_machine(set_only) -> None:  # type: ignore[no-untyped-def]
    set_only(**GOOD, HEEDFUL_DEMO="true", HEEDFUL_BASE_URL="https://heedful.example.org")
    [line] = problems()
    assert line.startswith("HEEDFUL_DEMO is only for this machine")


def test_cookies_need_https_everywhere_but_on_this_machine(set_only) -> None:  # type: ignore[no-untyped-def]
    set_only(**GOOD)
    assert not env.load().secure_cookies
    set_only(**GOOD, HEEDFUL_BASE_URL="https://heedful.example.org")
    settings = env.load()
    assert settings.secure_cookies
    assert settings.allowed_hosts[0] == "heedful.example.org"


def test_mail_addresses_say_how_the_connection_is_protected(set_only) -> None:  # type: ignore[no-untyped-def]
    set_only(**GOOD, HEEDFUL_EMAIL_URL="smtp://us%40er:p%2Fw@mail.example.org")
    mail = env.load().mail
    assert mail is not None
    assert (mail.port, mail.starttls, mail.implicit_tls, mail.user, mail.password) == (587, True, False, "us@er", "p/w")
    set_only(**GOOD, HEEDFUL_EMAIL_URL="smtps://mail.example.org:4650")
    mail = env.load().mail
    assert mail is not None
    assert (mail.port, mail.starttls, mail.implicit_tls) == (4650, False, True)


def test_a_private_socket_becomes_djangos_host() -> None:
    entry = env.django_database("postgresql://heedful_app@/heedful?host=/run/pg&sslmode=disable")
    assert (entry["HOST"], entry["USER"], entry["NAME"]) == ("/run/pg", "heedful_app", "heedful")
    assert entry["OPTIONS"] == {"sslmode": "disable", "options": "-c jit=off"}


def test_a_command_acts_as_the_owner_only_when_it_knows_the_owner(set_only) -> None:  # type: ignore[no-untyped-def]
    set_only(**GOOD)
    with pytest.raises(env.SettingsError, match="DATABASE_OWNER_URL is not set"):
        act_as("database_owner_url")
    set_only(**GOOD, DATABASE_OWNER_URL="postgresql://heedful_owner@db/heedful")
    act_as("database_owner_url")
    assert env.load().database_url == "postgresql://heedful_owner@db/heedful"
