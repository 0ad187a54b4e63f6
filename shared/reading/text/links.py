"""Web addresses of a person, sorted by whose site they are on."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from shared.reading.text.addresses import LINKEDIN, linkedin_key

_CUTS: Final = str.maketrans(dict.fromkeys('|;,<>"', " "))
_HOST: Final = re.compile(r"(?:[a-z][a-z\d+.-]*:/*)?(?:[^/@]*@)?([^/:?#]+)", re.I)
_BARE_HOST: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_SITES: Final = {
    "linkedin.com": "linkedin",
    "lnkd.in": "linkedin_page",
    "github.com": "github",
    "gitlab.com": "gitlab",
    "twitter.com": "twitter",
    "x.com": "twitter",
    "xing.com": "xing",
    "stackoverflow.com": "stackoverflow",
    "facebook.com": "facebook",
    "instagram.com": "instagram",
    "behance.net": "behance",
    "dribbble.com": "dribbble",
    "medium.com": "medium",
    "kaggle.com": "kaggle",
    "youtube.com": "youtube",
    "orcid.org": "orcid",
    "scholar.google.com": "scholar",
    "huggingface.co": "huggingface",
    "bitbucket.org": "bitbucket",
}


def links_of(text: str) -> dict[str, str]:
    """Return the links of a cell by site: `Linkedin: URL | Github: URL`, bare addresses, one per line, any order.

    A LinkedIn profile comes in one spelling whatever the cell's; company pages and short links are `linkedin_page`,
    unknown sites `website`. The first of a kind counts.
    """
    links: dict[str, str] = {}
    if ";" in text or "," in text or "<" in text or ">" in text or '"' in text:  # a pattern takes ten times as long
        text = text.translate(_CUTS)
    elif "|" in text:
        text = text.replace("|", " ")
    for token in text.split():
        if "." in token and (found := _link(token)):
            links.setdefault(*found)
    return links


def _link(token: str) -> tuple[str, str] | None:
    if token.startswith("https://") and (end := token.find("/", 8)) > 0 and (site := _known_site(token[8:end])):
        if site != "linkedin":  # as most tools write them; the rest of this function comes to the same
            return site, token
        key = linkedin_key(token)
        return (site, profile_url(key)) if key else ("linkedin_page", token)
    address = token if token.startswith("http") else _unlabelled(token)
    host = _HOST.match(address)
    if not host or "." not in host[1] or ("@" in token and "/" not in token):
        return None
    site = _site(host[1].lower())
    if site == "linkedin":
        key = linkedin_key(address)
        return ("linkedin", profile_url(key)) if key else ("linkedin_page", _with_scheme(address))
    return (site, _with_scheme(address)) if site != "website" or _looks_like_site(address) else None


def _unlabelled(token: str) -> str:
    """Drop a label written without a blank: `Linkedin:https://…`, `Github:github.com/…`."""
    at = token.lower().find("http")
    if at >= 0:
        return token[at:]
    label, _, rest = token.partition(":")
    return rest if "/" in rest and "." not in label else token


def profile_url(key: str) -> str:
    """Return the one spelling of a LinkedIn profile's address."""
    return LINKEDIN + (key if key.isascii() else quote(key))


@lru_cache(maxsize=4096)
def _known_site(host: str) -> str | None:
    """The site of a host that is nothing but a host; None for unknown ones."""
    site = _site(host.lower()) if _BARE_HOST.fullmatch(host) else "website"
    return None if site == "website" else site


def _site(host: str) -> str:
    labels = host.split(".")
    for size in (2, 3):
        if site := _SITES.get(".".join(labels[-size:])):
            return site
    return "website"


def _looks_like_site(address: str) -> bool:
    return "/" in address or address.lower().startswith("www.") or address.rpartition(".")[2].isalpha()


def _with_scheme(address: str) -> str:
    return address if "://" in address else "https://" + address.lstrip("/")
