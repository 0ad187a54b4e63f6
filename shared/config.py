"""Every setting, read from the environment in this one place."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from shared.errors import Misconfigured

# Numpy reads these when it is first imported, and both doors import this module before. Our matrix products are small:
# a second thread of OpenBLAS is waited for longer than it works. What the user has set stands.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

# What stands behind each port on one machine and on Google Cloud; SHORTLIST_STORE and the like choose one alone.
PARTS: Final[dict[str, tuple[str, str]]] = {
    "store": ("sqlite", "firestore"),
    "files": ("folder", "gcs"),
    "queue": ("threads", "cloud_tasks"),
    "model": ("offline", "gemini"),
}
OPEN_FUNCTION: Final = "api"  # deployed for everybody; cloudbuild.yaml puts IAM in front of all others
# Dollars per million tokens in and out, list prices of November 2026; SHORTLIST_PRICES sets others.
PRICES: Final[dict[str, tuple[float, float]]] = {
    "gemini-3.5-flash-lite": (0.30, 2.50),
    "gemini-3.1-flash-lite": (0.25, 1.50),
    "gemini-2.5-flash-lite": (0.10, 0.40),
    "gemini-3.8-flash": (0.75, 3.75),
    "gemini-embedding-2": (0.20, 0.0),
    "gemini-embedding-001": (0.15, 0.0),
}


@dataclass(frozen=True)
class GoogleSettings:
    """Where on Google Cloud the parts are."""

    service: str = ""  # K_SERVICE: the name Cloud Run has given this process; empty everywhere else
    project: str = ""  # GOOGLE_CLOUD_PROJECT
    region: str = "europe-west1"  # SHORTLIST_REGION: of the functions and the queues
    database: str = "(default)"  # SHORTLIST_DATABASE: the Firestore database
    bucket: str = ""  # SHORTLIST_BUCKET: files, and what is dropped below incoming/
    storage_host: str = ""  # STORAGE_EMULATOR_HOST: another Cloud Storage server, asked without credentials; for tests
    functions_url: str = ""  # SHORTLIST_FUNCTIONS_URL: what stands in front of a function's deployed name
    tasks_account: str = ""  # SHORTLIST_TASKS_ACCOUNT: the service account tasks are signed as, and expected from
    tasks_host: str = ""  # SHORTLIST_TASKS_HOST: another Cloud Tasks server, without TLS; for tests
    signatures_checked: bool = False  # SHORTLIST_SIGNATURES_CHECKED: only Cloud Run's IAM lets requests in
    certs_url: str = ""  # SHORTLIST_CERTS_URL: public keys that sign tokens, when not Google's; for tests
    key_secret: str = field(default="", repr=False)  # SHORTLIST_KEY_SECRET: 64 hex digits, for the identity keys


@dataclass(frozen=True)
class GeminiSettings:
    """Which Gemini is asked, how fast, and what it costs."""

    api_key: str = field(default="", repr=False)  # GEMINI_API_KEY; without one: enterprise mode, by IAM
    location: str = "europe-west1"  # SHORTLIST_GEMINI_LOCATION: enterprise mode only; the region unless set
    url: str = ""  # SHORTLIST_GEMINI_URL: another server; for tests
    text_model: str = "gemini-3.5-flash-lite"  # SHORTLIST_TEXT_MODEL
    embedding_model: str = "gemini-embedding-2"  # SHORTLIST_EMBEDDING_MODEL
    tier: str = "standard"  # SHORTLIST_GEMINI_TIER: standard, or flex at half the price and slower
    per_minute: int = 0  # SHORTLIST_GEMINI_PER_MINUTE: this process's share of the requests; 0: find it
    concurrency: int = 32  # SHORTLIST_GEMINI_CONCURRENCY: at most so many calls under way; the pace needs fewer
    prices: Mapping[str, tuple[float, float]] = field(default_factory=lambda: PRICES)  # SHORTLIST_PRICES


@dataclass(frozen=True)
class Settings:
    """What can be set. Each field's comment names its variable."""

    home: Path = Path(".shortlist")  # SHORTLIST_HOME: where the embedded data lives
    store: str = "sqlite"  # SHORTLIST_STORE, or all four parts by SHORTLIST_BACKEND=local|google
    files: str = "folder"  # SHORTLIST_FILES
    queue: str = "threads"  # SHORTLIST_QUEUE
    model: str = "offline"  # SHORTLIST_MODEL
    identity: str = "none"  # SHORTLIST_IDENTITY: who asks the API? none: loopback only; local: our own tokens; google
    max_file_mb: int = 4096  # SHORTLIST_MAX_FILE_MB: a larger export is refused
    max_cv_mb: int = 32  # SHORTLIST_MAX_CV_MB: a larger CV is refused
    workers: int = 2  # SHORTLIST_WORKERS: threads that run stages
    import_processes: int = 2  # SHORTLIST_IMPORT_PROCESSES: how many share the rows of a large import
    call_log: Path | None = None  # SHORTLIST_CALL_LOG: a file that gets one line `stage id` per record a model is asked
    task_seconds: int = 240  # SHORTLIST_TASK_SECONDS: then a task gives the rest back; below the functions' timeout
    backfill_every: int = 3600  # SHORTLIST_BACKFILL_EVERY: seconds between sweeps of `serve`
    backfill_calls: int = 20_000  # SHORTLIST_BACKFILL_MAX_CALLS: of the model, for what one sweep queues
    backfill_dollars: float = 20.0  # SHORTLIST_BACKFILL_MAX_DOLLARS: the same, by the recorded averages
    cors_origins: tuple[str, ...] = ()  # SHORTLIST_CORS_ORIGINS: other sites whose pages may ask the API, by commas
    rate_per_minute: int = 1200  # SHORTLIST_RATE_PER_MINUTE: requests of one caller, in each process; 0: any number
    max_json_mb: int = 2  # SHORTLIST_MAX_JSON_MB: a larger JSON body is refused
    keep_runs_days: int = 180  # SHORTLIST_KEEP_RUNS_DAYS: then a search run goes; 0: never
    keep_audit_days: int = 1095  # SHORTLIST_KEEP_AUDIT_DAYS: then an entry of the audit goes; 0: never
    google: GoogleSettings = GoogleSettings()
    gemini: GeminiSettings = GeminiSettings()


def make_home(home: Path) -> None:
    """Make the folder of the embedded data. Raises `Misconfigured` where that cannot be."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds personal data
        reachable = os.access(home, os.R_OK | os.W_OK | os.X_OK)
    except OSError as error:
        reason = (error.strerror or "it cannot be made").lower()
        raise Misconfigured(f"--home {home}: {reason}; choose a folder this user may write to") from error
    if not reachable:
        raise Misconfigured(f"--home {home}: permission denied; choose a folder this user may write to")


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. Raises `Misconfigured` naming the variable that is wrong or missing."""
    env = os.environ if environ is None else environ
    call_log = env.get("SHORTLIST_CALL_LOG")
    settings = Settings(
        home=Path(env.get("SHORTLIST_HOME") or ".shortlist"),
        **_parts(env),
        identity=_identity(env),
        max_file_mb=_number(env, "SHORTLIST_MAX_FILE_MB", 4096, least=1),
        max_cv_mb=_number(env, "SHORTLIST_MAX_CV_MB", 32, least=1),
        workers=_number(env, "SHORTLIST_WORKERS", 2, least=1),
        import_processes=_number(env, "SHORTLIST_IMPORT_PROCESSES", min(4, os.cpu_count() or 1), least=1),
        call_log=Path(call_log) if call_log else None,
        task_seconds=_number(env, "SHORTLIST_TASK_SECONDS", 240, least=1),
        backfill_every=_number(env, "SHORTLIST_BACKFILL_EVERY", 3600, least=1),
        backfill_calls=_number(env, "SHORTLIST_BACKFILL_MAX_CALLS", 20_000, least=1),
        backfill_dollars=_dollars(env, "SHORTLIST_BACKFILL_MAX_DOLLARS", 20.0),
        keep_runs_days=_number(env, "SHORTLIST_KEEP_RUNS_DAYS", 180, least=0),
        keep_audit_days=_number(env, "SHORTLIST_KEEP_AUDIT_DAYS", 1095, least=0),
        cors_origins=_origins(env, "SHORTLIST_CORS_ORIGINS"),
        rate_per_minute=_number(env, "SHORTLIST_RATE_PER_MINUTE", 1200, least=0),
        max_json_mb=_number(env, "SHORTLIST_MAX_JSON_MB", 2, least=1),
        google=_google(env),
        gemini=_gemini(env),
    )
    _check(settings)
    return settings


def _parts(env: Mapping[str, str]) -> dict[str, str]:
    backend = _choice(env, "SHORTLIST_BACKEND", ("local", "google"))
    chosen = {}
    for part, choices in PARTS.items():
        default = choices[backend == "google"]
        chosen[part] = _choice(env, f"SHORTLIST_{part.upper()}", (default, *(c for c in choices if c != default)))
    return chosen


def _identity(env: Mapping[str, str]) -> str:
    on_google = env.get("SHORTLIST_BACKEND") == "google" or env.get("SHORTLIST_QUEUE") == "cloud_tasks"
    choices = ("google", "local", "none") if on_google else ("none", "local", "google")
    return _choice(env, "SHORTLIST_IDENTITY", choices)


def _google(env: Mapping[str, str]) -> GoogleSettings:
    return GoogleSettings(
        service=env.get("K_SERVICE", ""),
        project=env.get("GOOGLE_CLOUD_PROJECT", ""),
        region=env.get("SHORTLIST_REGION") or "europe-west1",
        database=env.get("SHORTLIST_DATABASE") or "(default)",
        bucket=env.get("SHORTLIST_BUCKET", ""),
        storage_host=_url(env.get("STORAGE_EMULATOR_HOST", "")),
        functions_url=env.get("SHORTLIST_FUNCTIONS_URL", "").rstrip("/"),
        tasks_account=env.get("SHORTLIST_TASKS_ACCOUNT", ""),
        tasks_host=env.get("SHORTLIST_TASKS_HOST", ""),
        signatures_checked=_choice(env, "SHORTLIST_SIGNATURES_CHECKED", ("false", "true")) == "true",
        certs_url=env.get("SHORTLIST_CERTS_URL", ""),
        key_secret=env.get("SHORTLIST_KEY_SECRET", ""),
    )


def _gemini(env: Mapping[str, str]) -> GeminiSettings:
    return GeminiSettings(
        api_key=env.get("GEMINI_API_KEY", ""),
        location=env.get("SHORTLIST_GEMINI_LOCATION") or env.get("SHORTLIST_REGION") or "europe-west1",
        url=env.get("SHORTLIST_GEMINI_URL", ""),
        text_model=env.get("SHORTLIST_TEXT_MODEL") or "gemini-3.5-flash-lite",
        embedding_model=_choice(env, "SHORTLIST_EMBEDDING_MODEL", ("gemini-embedding-2", "gemini-embedding-001")),
        tier=_choice(env, "SHORTLIST_GEMINI_TIER", ("standard", "flex")),
        per_minute=_number(env, "SHORTLIST_GEMINI_PER_MINUTE", 0, least=0),
        concurrency=_number(env, "SHORTLIST_GEMINI_CONCURRENCY", 32, least=1),
        prices={**PRICES, **_prices(env, "SHORTLIST_PRICES")},
    )


def _url(host: str) -> str:
    return host if not host or "://" in host else f"http://{host}"


def _check(settings: Settings) -> None:
    """Say at the start what a chosen part cannot do without, instead of on its first request."""
    google, gemini = settings.google, settings.gemini
    _check_calls(settings)
    if settings.store == "firestore":
        _needed("GOOGLE_CLOUD_PROJECT", google.project, "the Firestore store")
        _needed("SHORTLIST_KEY_SECRET", google.key_secret, "the identity keys")
        if not re.fullmatch(r"[0-9a-fA-F]{64}", google.key_secret):
            raise Misconfigured("SHORTLIST_KEY_SECRET: 64 hex digits (`openssl rand -hex 32` makes them)")
    if settings.files == "gcs":
        _needed("SHORTLIST_BUCKET", google.bucket, "files in Cloud Storage")
    if settings.queue == "cloud_tasks":
        if settings.store != "firestore":
            wanted = "the functions it calls see Firestore only; set SHORTLIST_STORE=firestore"
            raise Misconfigured(f"SHORTLIST_QUEUE=cloud_tasks: {wanted}")
        _needed("GOOGLE_CLOUD_PROJECT", google.project, "Cloud Tasks")
        _needed("SHORTLIST_FUNCTIONS_URL", google.functions_url, "Cloud Tasks")
        _needed("SHORTLIST_TASKS_ACCOUNT", google.tasks_account, "Cloud Tasks")
        if settings.identity != "google":
            wanted = "functions that Cloud Tasks reaches are reached by others too; set SHORTLIST_IDENTITY=google"
            raise Misconfigured(f"SHORTLIST_IDENTITY={settings.identity}: {wanted}")
    if settings.identity == "google":
        _needed("GOOGLE_CLOUD_PROJECT", google.project, "checking who asks")
    if settings.model == "gemini":
        if not gemini.api_key:
            _needed("GEMINI_API_KEY or GOOGLE_CLOUD_PROJECT", google.project, "Gemini")
        if gemini.text_model not in gemini.prices:
            known = ", ".join(sorted(gemini.prices))
            add = "add `SHORTLIST_PRICES=MODEL=IN/OUT`, in dollars per million tokens"
            raise Misconfigured(f"SHORTLIST_TEXT_MODEL={gemini.text_model!r}: no price is known (only {known}); {add}")
    for name, region in (("SHORTLIST_REGION", google.region), ("SHORTLIST_GEMINI_LOCATION", gemini.location)):
        if not re.fullmatch(r"[a-z]+(-[a-z]+\d+)?", region):
            raise Misconfigured(f"{name}={region!r}: a region such as europe-west1")


def _check_calls(settings: Settings) -> None:
    """No setting may let calls in that nobody has checked."""
    google = settings.google
    if google.signatures_checked and google.service in ("", OPEN_FUNCTION):
        open_to_all = f"{google.service} is open to all" if google.service else "this is not Cloud Run (no K_SERVICE)"
        raise Misconfigured(f"SHORTLIST_SIGNATURES_CHECKED=true: {open_to_all}, where anybody can write such a token")
    if google.service and settings.queue != "cloud_tasks":
        wanted = "a function on Cloud Run checks who calls it, and only tasks of cloud_tasks say so"
        raise Misconfigured(f"SHORTLIST_QUEUE={settings.queue}: {wanted}")
    if google.service and google.certs_url:
        raise Misconfigured("SHORTLIST_CERTS_URL: on Cloud Run only Google's own keys are believed")


def _needed(name: str, value: str, what: str) -> None:
    if not value:
        raise Misconfigured(f"{name} is not set: {what} cannot do without")


def _choice(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """Return the variable's value; the first choice when it is not set."""
    value = env.get(name) or choices[0]
    if value not in choices:
        raise Misconfigured(f"{name}={value!r}: one of {', '.join(sorted(choices))}")
    return value


def _number(env: Mapping[str, str], name: str, default: int, least: int) -> int:
    text = env.get(name)
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise Misconfigured(f"{name}={text!r}: a whole number from {least} up")
    return int(text)


def _dollars(env: Mapping[str, str], name: str, default: float) -> float:
    text = env.get(name)
    if not text:
        return default
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        raise Misconfigured(f"{name}={text!r}: dollars, such as 5 or 0.50")
    return float(text)


def _origins(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Read `https://site,https://other:8443`: named one by one, because a pattern soon allows a stranger."""
    origins = tuple(filter(None, (each.strip() for each in env.get(name, "").split(","))))
    for origin in origins:
        if not re.fullmatch(r"https?://[\w.-]+(:\d+)?", origin, re.ASCII):
            raise Misconfigured(f"{name}: {origin!r} is not an origin such as https://app.example.com")
    return origins


def _prices(env: Mapping[str, str], name: str) -> dict[str, tuple[float, float]]:
    """Read `model=in/out,model=in/out`."""
    prices = {}
    for entry in filter(None, env.get(name, "").split(",")):
        found = re.fullmatch(r"\s*([\w.-]+)\s*=\s*(\d+(?:\.\d+)?)/(\d+(?:\.\d+)?)\s*", entry)
        if not found:
            raise Misconfigured(f"{name}: {entry!r} is not MODEL=IN/OUT, in dollars per million tokens")
        prices[found[1]] = (float(found[2]), float(found[3]))
    return prices
