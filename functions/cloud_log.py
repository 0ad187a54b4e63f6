"""What functions say on Google Cloud: one JSON object a line, as Cloud Logging reads it, with ids and never people."""

from __future__ import annotations

import json
import logging
import re
import sys
from typing import Any, Final

from flask import has_request_context, request

from shared.errors import safe_traceback

OURS: Final = "shortlist"
_TRACE: Final = re.compile(r"(?P<trace>[0-9a-f]{32})(?:/(?P<span>\d+))?")  # X-Cloud-Trace-Context: TRACE/SPAN;o=1
_TASK: Final = {"task": "X-CloudTasks-TaskName", "attempt": "X-CloudTasks-TaskRetryCount", "event": "Ce-Id"}
_PLAIN: Final = frozenset(vars(logging.makeLogRecord({})))  # what every record has


class CloudLines(logging.Formatter):
    """A record as one line: `severity`, `message`, `logger`, what our `extra` adds, and which request it was.

    Of an exception it says kind and place, and of other people's loggers the words in their code: a message may quote
    a CV. `project` makes the trace a link.
    """

    def __init__(self, project: str) -> None:
        super().__init__()
        self._project = project

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        ours = record.name.partition(".")[0] == OURS
        line: dict[str, Any] = {"severity": record.levelname, "message": _said(record, ours), "logger": record.name}
        if ours:
            line |= {name: value for name, value in vars(record).items() if name not in _PLAIN | set(line)}
        if has_request_context():
            line |= self._request()
        return json.dumps(line, ensure_ascii=False, default=str)

    def _request(self) -> dict[str, Any]:
        named = {name: request.headers[header] for name, header in _TASK.items() if header in request.headers}
        fields: dict[str, Any] = {"logging.googleapis.com/labels": named} if named else {}
        if found := _TRACE.match(request.headers.get("X-Cloud-Trace-Context", "")):
            fields["logging.googleapis.com/trace"] = f"projects/{self._project}/traces/{found['trace']}"
            if found["span"]:
                fields["logging.googleapis.com/spanId"] = f"{int(found['span']):016x}"
        return fields


def _said(record: logging.LogRecord, ours: bool) -> str:
    place = f"{record.filename}:{record.lineno}"
    if ours:
        said = record.getMessage()
    else:  # without arguments the text may be made of anything
        said = f"{record.msg} ({place})" if record.args and isinstance(record.msg, str) else f"a line of {place}"
    error = record.exc_info[1] if record.exc_info else None
    return f"{said}: {safe_traceback(error)}" if error else said


def write_cloud_lines(project: str) -> None:
    """Write our lines from INFO on, everybody else's from WARNING on, to stdout; once a process."""
    root = logging.getLogger()
    if any(isinstance(handler.formatter, CloudLines) for handler in root.handlers):
        return
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(CloudLines(project))
    root.addHandler(handler)
    logging.getLogger(OURS).setLevel(logging.INFO)
    logging.getLogger(f"{OURS}.calls").propagate = False  # fifty ids a task; their place is SHORTLIST_CALL_LOG
