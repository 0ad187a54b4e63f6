"""Whose address it is: the person's from the head of the CV, nobody's below references and in somebody else's block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from shared.reading.cv.contact import Contact, Reach, links_in, reach_of, take_places
from shared.reading.cv.likeness import employer_share, has_legal_form, is_place
from shared.reading.cv.lines import Line
from shared.reading.cv.naming import Named, find_name
from shared.reading.cv.sections import Section
from shared.reading.text.own_reading import agrees

HEAD: Final = ("header", "contact")  # sections whose addresses are the person's
OF_OTHERS: Final = ("references", "letter")  # sections whose addresses are somebody else's
_NEIGHBOURS: Final = 2  # lines above and below that belong to the same block
_ORGANISATION: Final = 0.9  # employer_share from which a line names an organisation, such as by its legal form
_PIECES: Final = re.compile(r"\t|\s+[|•·–—]\s+|\s*\|\s*")


class _Elsewhere(NamedTuple):
    """A line outside the head that names ways to reach somebody."""

    reach: Reach
    of_organisation: bool


def read_person(sections: Sequence[Section]) -> tuple[Contact, Named | None]:
    """Return the ways to reach the person and the line with their name."""
    contact = Contact(links=links_in(_lines_of_the_person(sections)))
    elsewhere: list[_Elsewhere] = []
    for section in sections:
        if section.kind in OF_OTHERS:
            continue
        near = section.kind in HEAD
        reaches = [reach_of(line, near) for line in section.lines]
        take_places(reaches, near, contact)
        for place, reach in enumerate(reaches):
            if reach.is_empty:
                continue
            if near and not _names_organisation(reach.rest):
                _add(contact, reach)
            else:
                elsewhere.append(_Elsewhere(reach, _is_of_organisation(reaches, place)))
    named = find_name(sections, contact, _addresses(elsewhere))
    name = named.name if named else ""
    _drop_letterhead(contact, sections, named)
    _add_elsewhere(contact, elsewhere, name)
    return contact, named


def _lines_of_the_person(sections: Sequence[Section]) -> list[Line]:
    lines: list[Line] = []
    for section in sections:
        if section.kind not in OF_OTHERS:
            lines += section.lines
    return lines


def _addresses(elsewhere: Sequence[_Elsewhere]) -> list[str]:
    addresses: list[str] = []
    for other in elsewhere:
        addresses += other.reach.emails
    return addresses


def _add(contact: Contact, reach: Reach) -> None:
    known = {email.lower() for email in contact.emails}
    for email in reach.emails:
        if email.lower() not in known:
            contact.emails.append(email)
            known.add(email.lower())
    for phone in reach.phones:
        if phone not in contact.phones:
            contact.phones.append(phone)
    for site, url in reach.links.items():
        contact.links.setdefault(site, url)


def _names_organisation(text: str) -> bool:
    for piece in _PIECES.split(text):
        name = piece.strip()
        if len(name.split()) > 1 and not is_place(name) and (has_legal_form(name) or _is_plainly_employer(name)):
            return True
    return False


def _is_plainly_employer(name: str) -> bool:
    return employer_share(name) >= _ORGANISATION


def _is_of_organisation(reaches: Sequence[Reach], place: int) -> bool:
    """Whether an organisation is named in the block of lines around this one."""
    around = reaches[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS + 1]
    return any(_names_organisation(other.rest) for other in around)


def _add_elsewhere(contact: Contact, elsewhere: Sequence[_Elsewhere], name: str) -> None:
    """Add what stands outside the head and is the person's: by their name, or alone where the head says nothing.

    The lines of the others are marked, too, so that nobody reads them as skills or positions.
    """
    no_email, no_phone = not contact.emails, not contact.phones
    for reach, of_organisation in elsewhere:
        by_name = any(agrees(email, name) for email in reach.emails)
        is_free = reach.is_alone and not of_organisation
        if by_name or (is_free and not reach.emails and no_phone) or (is_free and reach.emails and no_email):
            _add(contact, reach)
        elif reach.emails:
            contact.spent.add(reach.line.start)


def _drop_letterhead(contact: Contact, sections: Sequence[Section], named: Named | None) -> None:
    """Take back what an organisation's letterhead above the name says."""
    if named is None:
        return
    if sections[named.section].kind != "header":
        return
    above = sections[named.section].lines[: named.place]
    if not any(_names_organisation(line.text) for line in above):
        return
    for line in above:
        reach = reach_of(line, True)
        if any(agrees(email, named.name) for email in reach.emails):
            continue
        contact.emails = [email for email in contact.emails if email not in reach.emails]
        contact.phones = [phone for phone in contact.phones if phone not in reach.phones]
