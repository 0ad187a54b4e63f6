"""The kinds of rows that make it hard to say who is who; each is one method, and `KINDS` says how often it occurs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from random import Random
from typing import Final

from benchmarks.identity_people import (
    Name,
    People,
    Person,
    Position,
    ascii_words,
    german_spelling,
    percent_encoded_profile,
    profile_spellings,
    profile_subpages,
    profile_url,
    rewritten,
    talent_spellings,
    upper_case_profiles,
    without_marks,
)
from benchmarks.identity_truth import COLUMNS, Draft, Pair, RowTruth, System


class RowGenerator:
    """Writes the rows of one kind after another; each method named in `KINDS` makes one group of rows."""

    def __init__(self, seed: int) -> None:
        self.random = Random(f"identity rows {seed}")
        self.people = People(self.random)
        self.lists = self.people.lists
        self.drafts: list[Draft] = []
        self.undecidable: set[Pair] = set()
        self.kind = ""
        self.group = 0

    def start(self, kind: str) -> None:
        """Begin a group of rows of a kind."""
        self.kind = kind
        self.group += 1

    def row(
        self,
        person: Person,
        *keys: str,
        name: Name | None = None,
        email: str = "",
        linkedin: str = "",
        phone: str = "",
        ats_id: str = "",
        system: System | None = None,
        career: Sequence[Position] | None = None,
        contact_only: bool = False,
    ) -> Draft:
        """Add a row about a person; `keys` name the facts on it that are the person's own."""
        written = name or person.name
        system = system or self.any_system()
        fields = {
            "name": written.text,
            "given": written.given,
            "family": written.family,
            "email": email,
            "phone": phone,
            "linkedin": linkedin,
            "social": f"LinkedIn: {linkedin}" if linkedin else "",
            "ats_id": ats_id or self.new_ats_id(system),
            "disqualified": "No",
            **self.application(),
        }
        if contact_only:
            fields["ats_id"] = ""
        else:
            fields |= self.history(person, career)
        own_keys = tuple(person.key(key) for key in keys)
        truth = RowTruth(person.number, self.kind, self.group, own_keys, bool(written.text))
        draft = Draft(len(self.drafts), system, fields, truth)
        self.drafts.append(draft)
        return draft

    def application(self) -> dict[str, str]:
        """Return the cells about the job somebody applied for."""
        return {
            "opening": self.random.choice(self.lists["openings"]),
            "opening_city": self.random.choice(["Berlin, Germany", "Austin, TX, United States", "Remote", "Paris"]),
            "source": self.random.choice(["Careers page", "LinkedIn", "Referral", "Agency"]),
            "stage": self.random.choice(["Applied", "Phone Screen", "Interview", "Assessment"]),
            "date": f"2026-{self.random.randrange(1, 12):02}-{self.random.randrange(1, 29):02}",
        }

    def history(self, person: Person, career: Sequence[Position] | None) -> dict[str, str]:
        """Return the cells about city, work and education."""
        positions = person.career if career is None else career
        experiences = " | ".join(position.text() for position in positions)
        return {"city": person.city, "experiences": experiences, "education": person.education}

    def any_system(self) -> System:
        """Return one of the two systems; the first has more rows."""
        return "a" if self.random.random() < 0.6 else "b"

    def new_ats_id(self, system: System) -> str:
        """Return an id that system has given to nobody else; most systems give a new one to each application."""
        self.people.serial += 1
        number = 1_000_003 + self.people.serial * 7
        return str(number) if system == "a" else f"{number * 15_485_863:020x}"

    def maybe(self, text: str, share: float) -> str:
        """Return the text in this share of cases, else nothing."""
        return text if self.random.random() < share else ""

    def leave_open(self, drafts: Sequence[Draft]) -> None:
        """Say that nobody could decide whether these rows are one person."""
        for one, other in combinations(drafts, 2):
            self.undecidable.add((one.serial, other.serial))

    def longer_career(self, person: Person) -> tuple[Position, ...]:
        """Return the career with a new position begun since."""
        newest = Position(self.random.choice(self.lists["titles"]), self.people.company(), "10/2026", "")
        return (newest, replace(person.career[0], end="09/2026"), *person.career[1:])

    # one person, one row

    def single(self) -> None:
        person = self.people.person()
        with_email = self.random.random() < 0.93
        linkedin = self.maybe(profile_url(person.linkedin_name), 0.4 if with_email else 1.0)
        email = person.email if with_email else ""
        self.row(person, email=email, linkedin=linkedin, phone=self.maybe(person.phone, 0.6))

    # one person, several applications

    def same_email(self) -> None:
        person = self.people.person()
        for application in range(self.random.choice([2, 2, 2, 3])):
            grown = application > 0 and self.random.random() < 0.3
            career = self.longer_career(person) if grown else person.career
            self.row(person, "email", email=person.email, phone=self.maybe(person.phone, 0.5), career=career)

    def other_email_same_linkedin(self) -> None:
        person = self.people.person()
        linkedin = profile_url(person.linkedin_name)
        self.row(person, "email", "linkedin", email=person.email, linkedin=linkedin)
        self.row(person, "other", "linkedin", email=person.other_email, linkedin=linkedin)

    def same_ats_id(self) -> None:
        person = self.people.person()
        system = self.any_system()
        ats_id = self.new_ats_id(system)
        second_email = self.maybe(person.other_email, 0.5)
        self.row(person, "ats", email=person.email, ats_id=ats_id, system=system)
        self.row(person, "ats", email=second_email, ats_id=ats_id, system=system)

    def chain_of_keys(self) -> None:
        person = self.people.person()
        linkedin = profile_url(person.linkedin_name)
        self.row(person, "email", email=person.email)
        self.row(person, "email", "linkedin", email=person.email, linkedin=linkedin)
        self.row(person, "linkedin", "other", email=person.other_email, linkedin=linkedin)

    def two_emails_in_one_cell(self) -> None:
        person = self.people.person()
        separator = self.random.choice([", ", "; ", " / ", ","])
        self.row(person, "email", "other", email=f"{person.email}{separator}{person.other_email}")
        self.row(person, "other", email=person.other_email)

    def same_history_without_key(self) -> None:
        person = self.people.person()
        self.row(person, "email", email=person.email, phone=person.phone)
        self.row(person, "other", email=person.other_email, phone=person.phone)

    # one address, spelled in several ways

    def email_spelled(self, person: Person, spelling: str) -> None:
        """Add a row with the plain address and one with another spelling of it."""
        self.row(person, "email", email=person.email)
        self.row(person, "email", email=spelling)

    def email_case(self) -> None:
        person = self.people.person()
        self.email_spelled(person, self.random.choice([person.email.upper(), person.email.title()]))

    def email_plus(self) -> None:
        person = self.people.person()
        local, domain = person.email.split("@")
        tag = self.random.choice(["jobs", "bewerbung", "2026", "zz.ats", "emploi"])
        self.email_spelled(person, f"{local}+{tag}@{domain}")

    def email_gmail_dots(self) -> None:
        person = self.people.person(suitable=lambda other: other.email.endswith("@gmail.com"))
        local = person.email.split("@")[0]
        dotless = local.replace(".", "")
        spelling = self.random.choice([dotless, f"{dotless[0]}.{dotless[1:]}", ".".join(dotless[:6]) + dotless[6:]])
        domain = self.random.choice(["gmail.com", "gmail.com", "googlemail.com"])
        self.email_spelled(person, f"{spelling}@{domain}")

    def email_mailto(self) -> None:
        person = self.people.person()
        spellings = [f"mailto:{person.email}", f"MAILTO:{person.email}", f"mailto:{person.email}?subject=Application"]
        self.email_spelled(person, self.random.choice(spellings))

    def email_display_name(self) -> None:
        person = self.people.person()
        email, name = person.email, person.name
        spellings = [
            f"{name.text} <{email}>",
            f'"{name.family}, {name.given}" <{email}>',
            f"'{name.text}' <{email}>",
            f"<{email}>",
        ]
        self.email_spelled(person, self.random.choice(spellings))

    def email_quotes(self) -> None:
        person = self.people.person()
        email = person.email
        spellings = [
            f'"{email}"',
            f"'{email}'",
            f"{email};",
            f"{email},",
            f"\u00a0{email} ",
            f"\u200b{email}",
            f"{email}.",
        ]
        self.email_spelled(person, self.random.choice(spellings))

    def email_nfc_nfd(self) -> None:
        person = self.people.person(["de", "tr", "nordic"])
        local = person.email.split("@")[0]
        composed = f"jürgen.{local}@zz-outpost.com"
        self.email_spelled(replace(person, email=composed), composed.replace("ü", "u\u0308"))

    def email_punycode(self) -> None:
        person = self.people.person(["de", "fr", "nordic"])
        local = person.email.split("@")[0]
        domain = self.random.choice(["zz-bücherpost.de", "zz-étoile.fr", "zz-smörgås.se"])
        plain = replace(person, email=f"{local}@{domain}")
        self.email_spelled(plain, f"{local}@{domain.encode('idna').decode('ascii')}")

    # one profile, spelled in several ways

    def profile_spelled(self, person: Person, plain: str, spelling: str) -> None:
        """Add two rows that only the profile connects."""
        self.row(person, "linkedin", email=self.maybe(person.email, 0.5), linkedin=plain)
        self.row(person, "linkedin", email=self.maybe(person.other_email, 0.4), linkedin=spelling)

    def linkedin_spelling(self) -> None:
        person = self.people.person()
        spelling = self.random.choice(profile_spellings(person.linkedin_name))
        self.profile_spelled(person, profile_url(person.linkedin_name), spelling)

    def linkedin_subpage(self) -> None:
        person = self.people.person()
        spelling = self.random.choice(profile_subpages(person.linkedin_name))
        self.profile_spelled(person, profile_url(person.linkedin_name), spelling)

    def linkedin_upper_case(self) -> None:
        person = self.people.person()
        spelling = self.random.choice(upper_case_profiles(person.linkedin_name))
        self.profile_spelled(person, profile_url(person.linkedin_name), spelling)

    def linkedin_percent_encoding(self) -> None:
        person = self.people.person(["de", "fr", "pl", "tr", "ru", "zh"])
        name = f"{person.native().text.lower().replace(' ', '-')}-{person.linkedin_name.rsplit('-', 1)[1]}"
        encoded = percent_encoded_profile(name)
        if encoded.endswith(name):  # nothing was outside ASCII: encode a hyphen, as some programs do
            encoded = encoded.replace("-", "%2D")
        self.profile_spelled(person, profile_url(name), encoded)

    def linkedin_talent_profile(self) -> None:
        person = self.people.person()
        talent_id = f"AEMAAzz{self.people.token()}Bq{self.people.token().upper()}"
        one, other = self.random.sample(talent_spellings(talent_id), 2)
        self.profile_spelled(person, one, other)

    # one person, the name written differently

    def renamed(self, person: Person, first: Name, second: Name, second_system: System | None = None) -> None:
        """Add two rows of one person under two names, with one key in common."""
        fact = self.random.choice(["email", "email", "email", "linkedin", "ats"])
        if fact == "email":
            self.row(person, "email", name=first, email=person.email)
            self.row(person, "email", name=second, email=person.email, system=second_system)
        elif fact == "linkedin":
            profile = profile_url(person.linkedin_name)
            self.row(person, "linkedin", name=first, email=person.email, linkedin=profile)
            self.row(person, "linkedin", name=second, linkedin=profile, system=second_system)
        else:
            system = second_system or self.any_system()
            ats_id = self.new_ats_id(system)
            self.row(person, "ats", name=first, email=person.email, ats_id=ats_id, system=system)
            self.row(person, "ats", name=second, ats_id=ats_id, system=system)

    def name_diacritics(self) -> None:
        languages = ["de", "fr", "es", "pt", "pl", "tr", "cs", "nordic", "vi"]
        person = self.people.person(languages, lambda other: without_marks(other.name.text) != other.name.text)
        self.renamed(person, person.name, rewritten(person.name, without_marks))

    def name_german_spelling(self) -> None:
        person = self.people.person(["de", "nordic"], lambda other: german_spelling(other.name.text) != other.name.text)
        self.renamed(person, person.name, rewritten(person.name, german_spelling))

    def name_other_script(self) -> None:
        person = self.people.person(["ru", "el", "zh"])
        self.renamed(person, person.native(), self.latin_order(person))

    def name_other_script_unread(self) -> None:
        person = self.people.person(["ar", "hi", "ko", "ja"])
        self.renamed(person, person.native(), self.latin_order(person))

    def latin_order(self, person: Person) -> Name:
        """Return the Latin name; of people whose family name comes first, in either order."""
        latin = person.latin()
        family_first = person.language in ("zh", "ko", "ja") and self.random.random() < 0.5
        return Name(latin.given, latin.family, f"{latin.family} {latin.given}") if family_first else latin

    def name_two_transliterations(self) -> None:
        person = self.people.person(
            ["ru", "ar", "hi", "ko"], lambda other: other.latin().text != other.other_latin().text
        )
        self.renamed(person, person.latin(), person.other_latin())

    def name_last_first(self) -> None:
        person = self.people.person(["en", "de", "fr", "es", "pl", "it", "tr"])
        given, family = person.name.given, person.name.family
        text = self.random.choice([f"{family}, {given}", f"{family.upper()} {given}", f"{family} {given}"])
        self.renamed(person, person.name, Name(given, family, text), "a")

    def name_letter_case(self) -> None:
        person = self.people.person(["en", "de", "fr", "it", "pt"])
        change = self.random.choice([str.upper, str.lower])
        self.renamed(person, person.name, rewritten(person.name, change))

    def name_further_names(self) -> None:
        person = self.people.person(["en", "de", "fr", "es", "pt", "pl"])
        further = self.random.choice(["Maria", "Lee", "Anton", "Rose", "Jan", "Paul", "Luis"])
        given, family = person.name.given, person.name.family
        middle = [f"{given} {further[0]}.", f"{given} {further[0]}", f"{given} {further}"]
        one, other = self.random.sample([given, *middle], 2)
        self.renamed(person, Name(one, family, f"{one} {family}"), Name(other, family, f"{other} {family}"))

    def name_nickname(self) -> None:
        with_nicknames = [code for code, lists in self.people.languages.items() if lists["nicknames"]]
        person = self.people.person(with_nicknames, self.has_nickname)
        nicknames = self.people.languages[person.language]["nicknames"]
        nickname = self.random.choice(nicknames[person.given_forms[0]])
        native = person.native()
        second = Name(nickname, native.family, f"{nickname} {native.family}")
        self.renamed(person, native, second)

    def has_nickname(self, person: Person) -> bool:
        """Whether the list knows a nickname of the person."""
        return person.given_forms[0] in self.people.languages[person.language]["nicknames"]

    def name_double(self) -> None:
        person = self.people.person(["de", "fr", "es", "pt", "en"])
        given, family = person.name.given, person.name.family
        second_family = self.random.choice(self.people.languages[person.language]["family"])
        second_given = self.random.choice(["Marie", "Luise", "Sophie", "Peter", "Anne"])
        doubles = [
            Name(f"{given}-{second_given}", family, f"{given}-{second_given} {family}"),
            Name(given, f"{family}-{second_family}", f"{given} {family}-{second_family}"),
            Name(given, f"{family} {second_family}", f"{given} {family} {second_family}"),
        ]
        self.renamed(person, person.name, self.random.choice(doubles))

    def name_titles(self) -> None:
        person = self.people.person(["en", "de", "fr", "es", "it"])
        given, family = person.name.given, person.name.family
        text = person.name.text
        spellings = [
            *(
                Name(f"{title} {given}", family, f"{title} {text}")
                for title in ("Dr.", "Prof. Dr.", "Mr", "Dipl.-Ing.")
            ),
            *(
                Name(given, f"{family}{degree}", f"{text}{degree}")
                for degree in (", MBA", " PhD", ", M.Sc.", " (he/him)")
            ),
        ]
        self.renamed(person, person.name, self.random.choice(spellings))

    def name_particles(self) -> None:
        person = self.people.person(["de", "fr", "es", "it"])
        particle = {"de": "von der", "fr": "de", "es": "de la", "it": "Di"}[person.language]
        given, family = person.name.given, person.name.family
        first = Name(given, f"{particle} {family}", f"{given} {particle} {family}")
        texts = [
            f"{given} {particle.title()} {family}",
            f"{family}, {given} {particle}",
            f"{particle} {family}, {given}",
        ]
        second = Name(given, f"{particle.title()} {family}", self.random.choice(texts))
        self.renamed(person, first, second, "a")

    def name_typing_error(self) -> None:
        person = self.people.person(["en", "de", "it", "pl"], lambda other: len(other.name.family) > 5)
        given, family = person.name.given, person.name.family
        place = self.random.randrange(2, len(family) - 2)
        wrong = family[:place] + family[place + 1] + family[place] + family[place + 2 :]
        second = Name(given, wrong, f"{given} {wrong}")
        self.row(person, "email", email=person.email, phone=person.phone)
        self.row(person, "email", name=second, email=person.email, phone=person.phone)

    def name_given_only(self) -> None:
        person = self.people.person(["en", "de", "es", "pt"])
        given = person.name.given
        self.row(person, "email", email=person.email, phone=person.phone)
        self.row(person, "email", name=Name(given, "", given), email=person.email, phone=person.phone)

    def name_after_marriage(self) -> None:
        person = self.people.person(["en", "de", "fr", "it", "pl", "ru"])
        second = self.married_name(person)
        if self.random.random() < 0.6:
            profile = profile_url(person.linkedin_name)
            self.row(person, "linkedin", "email", email=person.email, linkedin=profile)
            self.row(person, "linkedin", "other", name=second, email=person.other_email, linkedin=profile)
            return
        system = self.any_system()
        ats_id = self.new_ats_id(system)
        self.row(person, "ats", email=person.email, phone=person.phone, ats_id=ats_id, system=system)
        self.row(person, "ats", name=second, email=person.email, phone=person.phone, ats_id=ats_id, system=system)

    def name_after_marriage_email_only(self) -> None:
        person = self.people.person(["en", "de", "fr", "it", "pl"])
        first = self.row(person, email=person.email)
        second = self.row(person, name=self.married_name(person), email=person.email, career=self.people.career())
        self.leave_open([first, second])

    def married_name(self, person: Person) -> Name:
        """Return the person's name with another family name, in the same script."""
        families = self.people.languages[person.language]["family"]
        forms = self.random.choice([family for family in families if family.split("|")[0] != person.family_forms[0]])
        native = person.name == person.native()
        family = forms.split("|")[0 if native else -1]
        return Name(person.name.given, family, f"{person.name.given} {family}")

    def initial(self, person: Person) -> Name:
        """Return the name with the given name as an initial."""
        letter = f"{person.name.given[0]}."
        return Name(letter, person.name.family, f"{letter} {person.name.family}")

    def bare_initial(self) -> None:
        person = self.people.person(["en", "de", "fr", "es", "it"])
        linkedin = self.maybe(profile_url(person.linkedin_name), 0.4)
        phone = "" if linkedin else person.phone
        self.row(person, "email", email=person.email, linkedin=linkedin, phone=phone)
        self.row(person, "email", name=self.initial(person), email=person.email, linkedin=linkedin, phone=phone)

    def bare_initial_email_only(self) -> None:
        person = self.people.person(["en", "de", "fr", "es", "it"])
        first = self.row(person, email=person.email)
        second = self.row(person, name=self.initial(person), email=person.email, career=())
        self.leave_open([first, second])

    def same_person_with_suffix(self) -> None:
        person = self.people.person(["en"])
        profile = profile_url(person.linkedin_name)
        suffix = self.random.choice([" Jr.", ", Jr.", " III"])
        second = Name(person.name.given, person.name.family + suffix, person.name.text + suffix)
        self.row(person, "email", "linkedin", email=person.email, linkedin=profile)
        self.row(person, "email", "linkedin", name=second, email=person.email, linkedin=profile)

    # rows that say little

    def no_name_personal_address(self) -> None:
        person = self.people.person()
        self.row(person, "email", email=person.email)
        self.row(person, "email", name=Name("", "", ""), email=person.email)

    def no_name_role_mailbox(self) -> None:
        mailbox = self.role_mailbox_address()
        named = self.row(self.people.person(), email=mailbox)
        unnamed = [self.row(self.people.person(), name=Name("", "", ""), email=mailbox) for _ in range(2)]
        self.leave_open([named, *unnamed])

    def name_only(self) -> None:
        self.row(self.people.person(), contact_only=True)

    def name_only_of_somebody_there(self) -> None:
        person = self.people.person()
        first = self.row(person, email=person.email, phone=person.phone)
        second = self.row(person, contact_only=True)
        self.leave_open([first, second])

    # strangers and relatives at one address

    def agency_mailbox(self) -> None:
        mailbox = self.agency_address()
        agency_phone = self.people.phone("en")
        own_phones = self.random.random() < 0.5
        for _ in range(self.random.randrange(3, 8)):
            person = self.people.person()
            phone = person.phone if own_phones else agency_phone
            for _ in range(2 if self.random.random() < 0.15 else 1):
                self.row(person, email=mailbox, phone=phone)

    def agency_mailbox_own_linkedin(self) -> None:
        mailbox = self.agency_address()
        for _ in range(self.random.randrange(3, 8)):
            person = self.people.person()
            for _ in range(2 if self.random.random() < 0.3 else 1):
                self.row(person, "linkedin", email=mailbox, linkedin=profile_url(person.linkedin_name))

    def agency_mailbox_same_given_name(self) -> None:
        mailbox = self.agency_address()
        first = self.people.person(["en", "de", "es"])
        second = self.people.person(
            [first.language],
            lambda other: other.given_forms == first.given_forms and other.family_forms != first.family_forms,
        )
        for person in (first, self.people.person(), self.people.person(), second):
            self.row(person, email=mailbox, phone=person.phone)

    def agency_address(self) -> str:
        """Return an agency's mailbox that no other group uses."""
        mailbox = self.random.choice(self.lists["agency_mailboxes"])
        domain = self.random.choice(self.lists["agency_domains"])
        return f"{mailbox}@{self.people.token()}.{domain}"

    def couple(self) -> None:
        one = self.people.person(["en", "de", "fr", "it", "ru", "hi"])
        other = self.people.relative(one)
        self.at_one_mailbox([one, other])

    def couple_two_family_names(self) -> None:
        one = self.people.person(["en", "es", "de"])
        other = self.people.person([one.language], lambda person: person.given_forms != one.given_forms)
        self.at_one_mailbox([one, replace(other, city=one.city)])

    def at_one_mailbox(self, persons: Sequence[Person]) -> None:
        """Add the rows of people who use one address; some of them have a profile of their own."""
        mailbox = persons[0].email
        shared_phone = self.random.random() < 0.4
        for person in persons:
            phone = persons[0].phone if shared_phone else person.phone
            linkedin = self.maybe(profile_url(person.linkedin_name), 0.3)
            self.row(person, email=mailbox, phone=self.maybe(phone, 0.7), linkedin=linkedin)

    def initial_of_somebody_else(self) -> None:
        one = self.people.person(["en", "de"])
        other = self.people.relative(one)
        self.row(one, email=one.email, phone=one.phone)
        self.row(other, name=self.initial(other), email=one.email, phone=other.phone)

    def similar_given_names(self) -> None:
        names = self.random.choice(self.lists["similar_given_names"])
        one = self.people.relative(self.people.person(["de", "en", "it"]), names[0])
        other = self.people.relative(one, names[1])
        for person in (one, other):
            self.row(person, email=one.email, linkedin=profile_url(person.linkedin_name), phone=person.phone)

    def father_and_son(self) -> None:
        father, son = self.father_and_son_people()
        suffix = self.random.choice([(" Sr.", " Jr."), (" sen.", " jun."), (", Sr", ", Jr"), (" II", " III")])
        for person, ending in ((father, suffix[0]), (son, suffix[1])):
            name = Name(person.name.given, person.name.family + ending, person.name.text + ending)
            self.row(person, name=name, email=father.email, phone=person.phone)

    def father_and_son_one_suffix(self) -> None:
        father, son = self.father_and_son_people()
        name = Name(son.name.given, f"{son.name.family} Jr.", f"{son.name.text} Jr.")
        first = self.row(father, email=father.email, phone=father.phone)
        second = self.row(son, name=name, email=father.email, phone=son.phone)
        self.leave_open([first, second])

    def father_and_son_people(self) -> tuple[Person, Person]:
        """Return two people of one name in one city."""
        father = self.people.person(["en", "de"])
        return father, self.people.namesake(father, city=father.city)

    def role_mailbox(self) -> None:
        mailbox = self.role_mailbox_address()
        for _ in range(self.random.randrange(1, 5)):
            person = self.people.person()
            self.row(person, email=mailbox, phone=self.maybe(person.phone, 0.6))

    def role_mailbox_address(self) -> str:
        """Return a company's role mailbox that no other group uses."""
        mailbox = self.random.choice(self.lists["role_mailboxes"])
        return f"{mailbox}@{self.people.token()}.{self.random.choice(self.lists['company_domains'])}"

    def placeholder_email(self) -> None:
        person = self.people.person()
        self.row(person, email=self.random.choice(self.lists["placeholder_addresses"]), phone=person.phone)

    def placeholder_phone(self) -> None:
        person = self.people.person()
        phone = self.random.choice(self.lists["placeholder_phones"])
        self.row(person, email=self.maybe(person.email, 0.8), phone=phone)

    def placeholder_linkedin(self) -> None:
        person = self.people.person()
        linkedin = self.random.choice(self.lists["placeholder_linkedins"])
        self.row(person, email=self.maybe(person.email, 0.7), linkedin=linkedin)

    def company_page(self) -> None:
        company = "-".join(ascii_words(self.people.company(), "zz"))
        pages = [f"https://www.linkedin.com/company/{company}/", f"https://www.linkedin.com/school/{company}"]
        page = self.random.choice(pages)
        for _ in range(3):
            person = self.people.person()
            self.row(person, email=self.maybe(person.email, 0.6), linkedin=page)

    def recruiter_address(self) -> None:
        recruiter = self.people.person()
        self.row(recruiter, email=recruiter.email, linkedin=profile_url(recruiter.linkedin_name))
        for _ in range(self.random.randrange(2, 4)):
            person = self.people.person()
            self.row(person, email=recruiter.email, phone=person.phone)

    def recruiter_linkedin(self) -> None:
        recruiter = self.people.person()
        for _ in range(3):
            person = self.people.person()
            self.row(person, email=person.email, linkedin=profile_url(recruiter.linkedin_name))

    def referee_in_the_pool(self) -> None:
        referee = self.people.person()
        self.row(referee, "email", email=referee.email, phone=referee.phone)
        for _ in range(2):
            person = self.people.person()
            separator = self.random.choice([", ", "; "])
            self.row(person, "email", email=f"{person.email}{separator}{referee.email}")
            if self.random.random() < 0.5:
                self.row(person, "email", email=person.email)

    # one name, several people

    def namesakes(self) -> None:
        person = self.people.person()
        others = [self.people.namesake(person) for _ in range(self.random.choice([1, 1, 1, 2]))]
        self.apart(person, *others)

    def namesakes_in_one_city(self) -> None:
        person = self.people.person()
        self.apart(person, self.people.namesake(person, city=person.city))

    def namesakes_at_one_employer(self) -> None:
        person = self.people.person()
        other = self.people.namesake(person, city=person.city)
        newest = replace(other.career[0], company=person.career[0].company)
        other = replace(other, career=(newest, *other.career[1:]))
        for bearer in (person, other):
            linkedin = profile_url(bearer.linkedin_name)
            self.row(bearer, email=bearer.email, linkedin=linkedin, phone=bearer.phone)

    def namesakes_at_one_shared_address(self) -> None:
        person = self.people.person()
        placeholder = self.random.choice(self.lists["placeholder_addresses"])
        address = self.random.choice([placeholder, self.role_mailbox_address()])
        for bearer in (person, self.people.namesake(person)):
            linkedin = profile_url(bearer.linkedin_name)
            self.row(bearer, email=address, linkedin=linkedin, phone=bearer.phone)

    def apart(self, *persons: Person) -> None:
        """Add a row of each person with an address of their own."""
        for person in persons:
            linkedin = self.maybe(profile_url(person.linkedin_name), 0.3)
            self.row(person, email=person.email, phone=self.maybe(person.phone, 0.7), linkedin=linkedin)

    def siblings_with_one_phone(self) -> None:
        one = self.people.person()
        other = self.people.relative(one)
        for person in (one, other):
            self.row(person, email=person.email, phone=one.phone)

    def initial_and_namesake(self) -> None:
        one = self.people.person(["en", "de", "fr"])
        other = self.people.relative(one)
        self.row(one, email=one.email, phone=one.phone)
        self.row(other, name=self.initial(one), email=other.email, phone=other.phone)

    def ats_id_of_another_system(self) -> None:
        ats_id = self.new_ats_id("a")
        for system in COLUMNS:
            person = self.people.person()
            self.row(person, email=person.email, ats_id=ats_id, system=system)


KINDS: Final[dict[str, tuple[float, Callable[[RowGenerator], None]]]] = {  # kind -> groups per 1,000 people, its maker
    "same e-mail": (130, RowGenerator.same_email),
    "other e-mail, same LinkedIn": (45, RowGenerator.other_email_same_linkedin),
    "same ATS id": (30, RowGenerator.same_ats_id),
    "chain of keys": (15, RowGenerator.chain_of_keys),
    "two e-mails in one cell": (5, RowGenerator.two_emails_in_one_cell),
    "same history, no key": (3, RowGenerator.same_history_without_key),
    "e-mail: letter case": (15, RowGenerator.email_case),
    "e-mail: plus address": (12, RowGenerator.email_plus),
    "e-mail: dots in gmail": (10, RowGenerator.email_gmail_dots),
    "e-mail: mailto": (6, RowGenerator.email_mailto),
    "e-mail: display name": (8, RowGenerator.email_display_name),
    "e-mail: quotes and blanks": (8, RowGenerator.email_quotes),
    "e-mail: NFC and NFD": (3, RowGenerator.email_nfc_nfd),
    "e-mail: punycode": (3, RowGenerator.email_punycode),
    "LinkedIn: spelling": (25, RowGenerator.linkedin_spelling),
    "LinkedIn: subpage": (6, RowGenerator.linkedin_subpage),
    "LinkedIn: upper case": (5, RowGenerator.linkedin_upper_case),
    "LinkedIn: percent encoding": (5, RowGenerator.linkedin_percent_encoding),
    "LinkedIn: talent profile": (4, RowGenerator.linkedin_talent_profile),
    "name: diacritics": (15, RowGenerator.name_diacritics),
    "name: ae for ä": (8, RowGenerator.name_german_spelling),
    "name: Cyrillic, Greek, Chinese": (10, RowGenerator.name_other_script),
    "name: Arabic, Hindi, Korean, Japanese": (3, RowGenerator.name_other_script_unread),
    "name: two transliterations": (4, RowGenerator.name_two_transliterations),
    "name: last, first": (15, RowGenerator.name_last_first),
    "name: letter case": (8, RowGenerator.name_letter_case),
    "name: further names": (12, RowGenerator.name_further_names),
    "name: nickname": (12, RowGenerator.name_nickname),
    "name: double name": (8, RowGenerator.name_double),
    "name: titles": (6, RowGenerator.name_titles),
    "name: particles": (4, RowGenerator.name_particles),
    "name: typing error": (3, RowGenerator.name_typing_error),
    "name: given name only": (1.5, RowGenerator.name_given_only),
    "name: after marriage": (5, RowGenerator.name_after_marriage),
    "name: after marriage, e-mail only": (1.5, RowGenerator.name_after_marriage_email_only),
    "name: bare initial": (4, RowGenerator.bare_initial),
    "name: bare initial, e-mail only": (2, RowGenerator.bare_initial_email_only),
    "name: suffix of one person": (1, RowGenerator.same_person_with_suffix),
    "no name, personal address": (4, RowGenerator.no_name_personal_address),
    "no name, role mailbox": (1, RowGenerator.no_name_role_mailbox),
    "name only": (4, RowGenerator.name_only),
    "name only, of somebody there": (2, RowGenerator.name_only_of_somebody_there),
    "agency mailbox": (1, RowGenerator.agency_mailbox),
    "agency mailbox, own LinkedIn": (1, RowGenerator.agency_mailbox_own_linkedin),
    "agency mailbox, same given name": (0.4, RowGenerator.agency_mailbox_same_given_name),
    "couple": (3, RowGenerator.couple),
    "couple, two family names": (1, RowGenerator.couple_two_family_names),
    "initial of somebody else": (0.5, RowGenerator.initial_of_somebody_else),
    "similar given names": (0.7, RowGenerator.similar_given_names),
    "father and son": (0.7, RowGenerator.father_and_son),
    "father and son, one suffix": (0.5, RowGenerator.father_and_son_one_suffix),
    "role mailbox": (4, RowGenerator.role_mailbox),
    "placeholder e-mail": (20, RowGenerator.placeholder_email),
    "placeholder phone": (20, RowGenerator.placeholder_phone),
    "placeholder LinkedIn": (6, RowGenerator.placeholder_linkedin),
    "company page": (1.5, RowGenerator.company_page),
    "recruiter's address": (0.7, RowGenerator.recruiter_address),
    "recruiter's LinkedIn": (0.5, RowGenerator.recruiter_linkedin),
    "referee in the pool": (1.5, RowGenerator.referee_in_the_pool),
    "namesakes": (8, RowGenerator.namesakes),
    "namesakes in one city": (3, RowGenerator.namesakes_in_one_city),
    "namesakes at one employer": (1, RowGenerator.namesakes_at_one_employer),
    "namesakes at one shared address": (0.7, RowGenerator.namesakes_at_one_shared_address),
    "siblings with one phone": (2, RowGenerator.siblings_with_one_phone),
    "initial and namesake": (1, RowGenerator.initial_and_namesake),
    "ATS id of another system": (3, RowGenerator.ats_id_of_another_system),
}
