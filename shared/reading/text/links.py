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
    for token in _without_marks(text).split():
        link = _link(token) if "." in token else None
        if link:
            site, address = link
            links.setdefault(site, address)
    return links


def _without_marks(text: str) -> str:
    """Return the text with blanks for the marks between addresses."""
    if ";" in text or "," in text or "<" in text or ">" in text or '"' in text:  # a pattern takes ten times as long
        return text.translate(_CUTS)
    return text.replace("|", " ")


def _link(token: str) -> tuple[str, str] | None:
    return _plain_link(token) or _any_link(token)


def _plain_link(token: str) -> tuple[str, str] | None:
    """Read `https://SITE/…` of a known site, as most tools write links; `_any_link` comes to the same."""
    if not token.startswith("https://"):
        return None
    end = token.find("/", 8)
    site = _known_site(token[8:end]) if end > 0 else None
    if site == "linkedin":
        return _linkedin(token)
    return (site, token) if site else None


def _any_link(token: str) -> tuple[str, str] | None:
    address = token if token.startswith("http") else _unlabelled(token)
    host = _HOST.match(address)
    is_email = "@" in token and "/" not in token
    if not host or "." not in host[1] or is_email:
        return None
    site = _site(host[1].lower())
    if site == "linkedin":
        return _linkedin(address)
    if site == "website" and not _looks_like_site(address):
        return None
    return site, _with_scheme(address)


def _linkedin(address: str) -> tuple[str, str]:
    """A profile in its one spelling; a company page or short link as it is."""
    key = linkedin_key(address)
    if key:
        return "linkedin", profile_url(key)
    return "linkedin_page", _with_scheme(address)


def _unlabelled(token: str) -> str:
    """Drop a label written without a blank: `Linkedin:https://…`, `Github:github.com/…`."""
    at = token.lower().find("http")
    if at >= 0:
        return token[at:]
    label, _, rest = token.partition(":")
    if "/" in rest and "." not in label:
        return rest
    return token


def profile_url(key: str) -> str:
    """Return the one spelling of a LinkedIn profile's address."""
    return LINKEDIN + (key if key.isascii() else quote(key))


@lru_cache(maxsize=4096)
def _known_site(host: str) -> str | None:
    """The site of a host that is nothing but a host; None for unknown ones."""
    if not _BARE_HOST.fullmatch(host):
        return None
    site = _site(host.lower())
    return None if site == "website" else site


def _site(host: str) -> str:
    labels = host.split(".")
    domain = ".".join(labels[-2:])
    subdomain = ".".join(labels[-3:])
    return _SITES.get(domain) or _SITES.get(subdomain) or "website"


def _looks_like_site(address: str) -> bool:
    return "/" in address or address.lower().startswith("www.") or address.rpartition(".")[2].isalpha()


def _with_scheme(address: str) -> str:
    return address if "://" in address else "https://" + address.lstrip("/")
