"""Log lines without people in them: an allow-list of keys; no bodies, names, query strings or tracebacks' values."""

import json
import logging
import traceback
from datetime import UTC, datetime

ALLOWED = frozenset({"event", "reference", "route", "status", "job", "task", "seconds", "rows", "count"})


class Formatter(logging.Formatter):
    """One JSON object a line. A traceback is reduced to its type and places: messages may quote what people typed."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": str(record.msg),
        }
        line |= {key: value for key, value in vars(record).items() if key in ALLOWED}
        if record.exc_info and record.exc_info[0]:
            frames = traceback.extract_tb(record.exc_info[2])
            line["error"] = record.exc_info[0].__name__
            line["places"] = [f"{frame.name}:{frame.lineno}" for frame in frames[-6:]]
        return json.dumps(line)
