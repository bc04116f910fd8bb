"""Keys that settings are made of, checked: what is wrong with one is said without showing it."""

from pyrage import RecipientError, x25519

PRIVATE = "AGE-SECRET-KEY-"
MAKE = "make one with `heedful doctor --new-keys`"


def secret(value: str) -> str:
    if len(value) < 50:
        raise ValueError(f"is shorter than 50 characters: {MAKE}")
    return value


def ledger(value: str) -> str:
    try:
        size = len(bytes.fromhex(value))
    except ValueError:
        size = 0
    if size != 32:
        raise ValueError(f"must be 64 hexadecimal digits: {MAKE}")
    return value


def sealing(value: str) -> str:
    for one in value.replace(",", " ").split():
        try:
            ledger(one)
        except ValueError:
            raise ValueError(
                f"must be 64 hexadecimal digits, or several such keys with commas between them: {MAKE}"
            ) from None
    return value


def listed(value: object) -> object:
    """A setting that holds several things, separated by commas or white space."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def recipients(value: list[str]) -> list[str]:
    """Public keys to which backups are encrypted; a private one has no business here."""
    for number, one in enumerate(value, 1):
        if one.upper().startswith(PRIVATE):
            raise ValueError(
                "holds a private key, which must not be on this machine: put the public one in its place (it begins "
                "with age1), and make a new pair with `heedful backup-key` elsewhere, as this one was seen here"
            )
        try:
            x25519.Recipient.from_str(one)
        except RecipientError:
            raise ValueError(
                f"has no public key of age in place {number}: each begins with age1, with commas between them; "
                "make a pair with `heedful backup-key`"
            ) from None
    return value
