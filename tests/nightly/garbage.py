"""Things that nobody should send: values, bodies and kinds of content, drawn by hypothesis."""

import json
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

UGLY = (
    "", " ", "\0", "a\0b", "\x00" * 40, "\u202egnp.exe", "\u2066\u2067\u2069", "\ufeff", "\ud7ff\ue000",
    "\U0001f9d3🏽" * 50, "x" * 3_000, "y" * 70_000, "é" * 12_000, "-1", "0", "00", "1e309", "NaN", "inf", str(2**31),
    str(2**63),
    str(10**30), "-" + "9" * 25, "٣", "½", "true", "null", "None", "[]", "{}", "on", "yes", "0002-01-01", "9999-12-31",
    "10000-01-01",
    "2026-02-30", "2026-13-01", "31/02/2026", "0000-00-00", "24:00", "23:60", "2026-03-29T01:30:00Z",
    "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "not-a-uuid", "{01234567}",
    "' OR 1=1 --", "'; DROP TABLE people_service; --", "%", "%_%", "\\", "\\x00", "$$", "{{7*7}}", "${7*7}",
    "<script>x</script>",
    "../../../../etc/passwd", "//evil.example/", "javascript:alert(1)", "\r\nSet-Cookie: a=b", "=1+1", "@SUM(A1)",
)  # fmt: skip
VALUES = st.one_of(st.sampled_from(UGLY), st.text(max_size=60), st.integers().map(str))
NAMES = st.sampled_from(
    ("words", "page", "until", "csrfmiddlewaretoken", "next", "more", "update", "lines", "change", "organisation_id",
     "is_active", "form-TOTAL_FORMS", "form-INITIAL_FORMS", "id", "\0", "a[b]", "x" * 500)
)  # fmt: skip
DEEP = "[" * 3_000 + "]" * 3_000
KINDS = (
    "application/json", "text/plain", "application/xml", "", "/", "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=nonsense", "image/png", "\u00e9/\u00e9",
)  # fmt: skip
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
PART = (
    b'--x\r\nContent-Disposition: form-data; name="upload"; filename="../../a\x00.png"\r\n'
    b"Content-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n broken"
)
RAW = st.one_of(
    st.binary(max_size=200),
    st.just(DEEP.encode()),
    JSON.map(lambda said: json.dumps(said).encode()),
    st.just(PART),
    st.just(PART + b"\r\n--x--\r\n"),
    st.just(
        b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--'
    ),
    st.just(b"a=%ff%fe&a=%00&" * 30),
    st.just(("words=" + "z" * 3_000_000).encode()),
    st.just("&".join(f"f{n}=1" for n in range(1_500)).encode()),
)


# What is done to a form: which field (by number, for a form is known only when it is shown), how, and with what.
SPOILING = st.lists(
    st.tuples(
        st.integers(0, 999),
        st.sampled_from(["strange", "strange", "strange", "missing", "again", "not asked for"]),
        NAMES,
        VALUES,
    ),
    min_size=1,
    max_size=3,
)


def spoilt(fields: dict[str, list[str]], how: list[tuple[int, str, str, str]]) -> dict[str, list[str]]:
    """A form as a browser would send it, with a few things wrong: missing, strange, repeated, not asked for."""
    sent = {name: list(values) for name, values in fields.items()}
    known = sorted(fields)
    for number, what, unasked, value in how:
        name = unasked if what == "not asked for" or not known else known[number % len(known)]
        if what == "missing":
            sent.pop(name, None)
        else:
            sent[name] = [*(sent.get(name, []) if what == "again" else []), value]
    return sent


def encoded(fields: dict[str, list[str]]) -> bytes:
    return urlencode(fields, doseq=True, errors="surrogatepass").encode()
