"""What comes in may be hostile: links, names of files, cells of tables. And nobody's name is in a log."""

from __future__ import annotations

import ast
import csv
import http.server
import io
import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from parts import process
from parts.role_api import MINE, RoleApi, role_api
from werkzeug.datastructures import FileStorage

from functions.cloud_log import CloudLines
from shared.people.export import documents, write_csv

ROOT = Path(__file__).parents[2]
CVS = ROOT / "tests" / "fixtures" / "cvs"
NETWORK = {"requests", "httpx", "httpx2", "urllib3", "aiohttp", "http.client", "urllib.request", "ftplib", "smtplib"}


@pytest.fixture
def api(tmp_path: Path) -> Iterator[RoleApi]:
    with role_api(tmp_path / "home") as made:
        assert made("admin", "POST", "/api/pools/", json={"name": MINE}).status_code == 201
        yield made


def send(api: RoleApi, content: bytes, name: str, path: str = "/api/cv-documents/") -> Any:
    file = FileStorage(io.BytesIO(content), name, "source_file")
    return api("recruiter", "POST", f"{path}?pool={MINE}", data={"source_file": file})


# No link is ever followed


@contextmanager
def canary() -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a server that notes whoever comes."""
    visits: list[str] = []

    class Noting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            visits.append(self.path)
            self.send_error(404)

        do_HEAD = do_POST = do_OPTIONS = do_GET

        def log_message(self, *_: Any) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Noting)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", visits
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_links_in_exports_cvs_jobs_and_searches_are_never_followed(api: RoleApi) -> None:
    with canary() as (url, visits):
        export = (
            f"Name,Email,LinkedIn,Website,Resume,Photo\nAnn Lee,a@example.com,{url}/in/ann,{url}/w,{url}/cv,{url}/p\n"
        )
        assert api("recruiter", "POST", f"/imports?pool={MINE}", data=export.encode()).status_code == 201
        page = (
            f'<html><head><link rel="stylesheet" href="{url}/css"><base href="{url}/"></head><body><img src="{url}/i">'
        )
        page += (
            f'<iframe src="{url}/f"></iframe><script src="{url}/s"></script><p>Name: Bo Ray</p><p>{url}/bo</p></body>'
        )
        entity = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{url}/entity">]><p>Name: Cy Dee &x;</p>'
        rtf = r"{\rtf1 {\field{\*\fldinst HYPERLINK " + f'"{url}/rtf"' + r"}{\fldrslt Name: Di Fox}}}"
        for name, content in (
            ("a.html", page),
            ("b.html", entity),
            ("c.rtf", rtf),
            ("d.txt", f"Name: Ed Gee\n{url}/txt"),
        ):
            send(api, content.encode(), name)
        job = {"id": "1", "position": "Nurse", "url": f"{url}/job", "description": f"See {url}/more and cares."}
        assert api("recruiter", "POST", f"/api/jobs/?pool={MINE}", json=job).status_code == 201
        api("recruiter", "POST", "/api/search-runs/", json={"job_offer_text": f"nurse, see {url}/offer"})
        api.work()
        assert visits == []
        with pytest.raises(OSError):  # this test would see a visit
            __import__("urllib.request").request.urlopen(f"{url}/seen")
        assert visits == ["/seen"]


def test_only_adapters_to_named_services_can_open_a_connection() -> None:
    wrong = []
    for part in ("shared", "functions", "terminal"):
        for path in (ROOT / part).rglob("*.py"):
            if "adapters" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                wrong += [f"{path.name}: {name}" for name in names if name in NETWORK]
                wrong += [path.name] * (isinstance(node, ast.Attribute) and node.attr == "urlopen")
    assert wrong == []


# Names of files


@pytest.mark.parametrize(
    "name",
    [
        "../../../../tmp/evil.txt",
        "..\\..\\evil.txt",
        "/etc/cron.d/evil.txt",
        "C:\\Windows\\evil.txt",
        "cv.txt\r\nX-Evil: yes",
        'cv";filename="evil.txt',
        "cv\x00.txt",
        "..",
        "%2e%2e%2fevil.txt",
        "x" * 5000 + ".txt",
        "\u202eTXT.evil",
    ],
)
def test_names_of_files_lead_nowhere_and_add_no_header(api: RoleApi, tmp_path: Path, name: str) -> None:
    sent = send(api, b"Name: Ann Lee\nE-mail: ann@example.com\n", name)
    assert sent.status_code in (201, 400), sent.text
    if sent.status_code == 201:
        shown = sent.json["document"]["filename"]
        assert shown.isprintable() and not set("/\\\r\n\0") & set(shown) and len(shown.encode()) <= 200
        given = api("recruiter", "GET", f"/api/cv-documents/{sent.json['document']['id']}/download/")
        file = api("recruiter", "GET", "/" + given.json["url"].split("/", 3)[3])
        assert file.status_code == 200 and file.data.startswith(b"Name: Ann Lee") and "X-Evil" not in file.headers
        disposition = file.headers["Content-Disposition"]
        assert disposition.startswith("attachment") and "\n" not in disposition
        file.close()
    for path in ("/imports", "/api/jobs/import/"):
        body = b"Name,Email,Position\nBo Ray,bo@example.com,Nurse\n"
        taken = api("recruiter", "POST", path, data=body, query_string={"pool": MINE, "filename": name})
        assert taken.status_code in (201, 400), taken.text
        assert "X-Evil" not in taken.headers
    assert {path.name for path in tmp_path.iterdir()} == {"home"}
    assert not list(Path("/tmp").glob("evil*")) and not [path for path in tmp_path.rglob("*") if path.name == "evil.txt"
                                                         and "files" not in path.parts]  # fmt: skip


@pytest.mark.parametrize(
    "id_", ["..%2f..%2fsecret", "%2e%2e", "a%00b", "a%0d%0aX-Evil:%20yes", "__x__", "x" * 2000, "%ff"]
)
def test_ids_lead_nowhere_and_add_no_header(api: RoleApi, id_: str) -> None:
    for method, rule in api.rules():
        path = str(rule)
        for name in rule.arguments:
            path = path.replace(f"<{name}>", id_)
        if rule.arguments:
            answer = api("recruiter", method, path)
            assert 400 <= answer.status_code < 500 and "X-Evil" not in answer.headers, (method, path, answer.text)


# Cells a spreadsheet would compute


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_cell_of_an_export_is_a_formula(api: RoleApi, start: str) -> None:
    cell = f"{start}cmd|' /C calc'!A0"
    out = io.StringIO()
    csv.writer(out).writerows(
        [["Name", "Email", "Headline", "Tags", "Job title"], [cell, "ann@example.com", cell, cell, cell]]
    )
    assert api("recruiter", "POST", f"/imports?pool={MINE}", data=out.getvalue().encode()).status_code == 201
    written = io.StringIO(newline="")
    write_csv(documents(process.ports()), written)
    cells = [cell for row in csv.reader(io.StringIO(written.getvalue(), newline="")) for cell in row]
    assert any("calc" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


# Logs


class Kept(logging.Handler):
    """Keeps every line, as a terminal and as Google Cloud would have it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.cloud = CloudLines("project")
        self.plain = logging.Formatter("%(name)s %(message)s")

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += [self.cloud.format(record), self.plain.format(record)]


@pytest.fixture
def kept() -> Iterator[Kept]:
    handler, root = Kept(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logging.getLogger("shortlist").setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)
    logging.getLogger("shortlist").setLevel(logging.NOTSET)


def test_a_full_run_logs_no_name_no_address_and_no_secret(
    tmp_path: Path, kept: Kept, capfd: pytest.CaptureFixture[str]
) -> None:
    """Import, every stage, CVs, jobs, searches, and each going wrong: then every name and e-mail is looked for."""
    with role_api(tmp_path / "home") as api:
        people = full_run(api)
        everything = "\n".join(kept.lines) + "".join(capfd.readouterr())
        secrets = [*api.tokens.values(), process.ports().key_secret.hex()]
    assert len(people) > 200 and len(kept.lines) > 50
    assert "model broke" not in everything.lower()
    text = everything.casefold()
    assert [word for word in people if word.casefold() in text] == []
    assert [secret for secret in secrets if secret in everything] == []


def full_run(api: RoleApi) -> set[str]:
    """Do everything there is with the samples; return the names, e-mails and phone numbers of everybody in them."""
    api("admin", "POST", "/api/pools/", json={"name": MINE})
    export = (ROOT / "samples" / "candidates.csv").read_bytes()
    assert api("recruiter", "POST", f"/imports?pool={MINE}", data=export).status_code == 201
    api("recruiter", "POST", f"/imports?pool={MINE}", data=export[:3000] + b'"broken\n' + export[3000:])
    for name in ("txt_utf8.txt", "docx_plain_en.docx", "pdf_single_de.pdf", "pdf_truncated.pdf", "empty.pdf"):
        send(api, (CVS / name).read_bytes(), "Ottilie Brandvik CV.pdf")
    send(api, b"Name: Ottilie Brandvik\nE-mail: ottilie.brandvik@example.com\n", "Ottilie Brandvik.txt")
    jobs = (ROOT / "samples" / "jobs.jsonl").read_bytes()
    assert api("recruiter", "POST", f"/api/jobs/import/?pool={MINE}&filename=jobs.jsonl", data=jobs).status_code == 201
    api.work()
    people = {"Ottilie Brandvik", "ottilie.brandvik@example.com"}
    rows = process.ports().store.query("candidates")
    for row in rows:
        person = row.data["person"]
        people |= {person["name"], *person.get("emails", []), *person.get("phones", [])}
    for row in rows[:10]:
        name = row.data["person"]["name"]
        api("recruiter", "POST", "/api/search-runs/", json={"job_offer_text": name, "words": f'"{name}'})
        api("recruiter", "POST", "/api/search-runs/", json={"job_offer_text": f"engineer like {name}"})
        api("recruiter", "GET", f"/api/jobs/{name}/", query_string={"q": name})
        api("recruiter", "POST", f"/api/jobs/?pool={name}", json={"position": name})
    broken(api, next(iter(people)))
    return {word for word in people if len(word) > 4}


def broken(api: RoleApi, name: str) -> None:
    """Let the model fail with somebody's name in its words, wherever it is asked."""
    held = process.ports()

    class Broken:
        def __getattr__(self, _: str) -> Any:
            raise RuntimeError(f"the model broke over {name}")

    process.swap(replace(held, model=Broken()))
    for body in ({"job_offer_text": f"engineer like {name}"}, {"job_offer_text": name, "words": name}):
        answer = api("recruiter", "POST", "/api/search-runs/", json=body)
        assert answer.status_code == 500 and name not in answer.text
    api("recruiter", "POST", f"/api/jobs/?pool={MINE}", json={"position": name, "description": name})
    process.swap(held)


def test_the_log_test_would_see_a_name(kept: Kept) -> None:
    logging.getLogger("shortlist.anything").warning("Ann Lee is here")
    logging.getLogger("other").debug("Ann Lee is %s", "there")
    assert sum("Ann Lee" in line for line in kept.lines) >= 3


def test_no_setting_shows_a_secret_when_it_is_printed() -> None:
    from shared.config import GeminiSettings, GoogleSettings, Settings

    shown = repr(Settings(gemini=GeminiSettings(api_key="SECRET-1"), google=GoogleSettings(key_secret="SECRET-2")))
    assert re.findall(r"SECRET-\d", shown) == []
