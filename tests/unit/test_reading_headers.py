"""Headers of every vendor and language we know of."""

import pytest

from shared.reading.exports.header_names import FIELD_NAMES, PROTECTED_NAMES
from shared.reading.exports.headers import Columns, field_of, map_headers, protected_attribute

VENDORS = {
    "main format": (
        "Name, Email, Phone, Headline, Summary, Job title, Job location, Experiences, Educations, Social "
        "profiles, Source, "
        "Stage, Tags, Disqualified, Creation time",
        "name email phone headline summary job_title job_location experiences educations social source stage "
        "tags "
        "disqualified created_at",
    ),
    "full account": (
        "id, name, email, phone, headline, address, summary, education, experience, skills, job, stage, "
        "social_profiles, tags",
        "candidate_ref name email phone headline location summary educations experiences skills job_title "
        "stage social tags",
    ),
    "LinkedIn Talent Hub": (
        "candidate_id, project_id, first_name, last_name, emails, phone_numbers, tags, profile_url, "
        "created_time, "
        "created_datetime",
        "candidate_ref candidate_ref first_name last_name email phone tags social created_at created_at",
    ),
    "LinkedIn Recruiter": (
        "First name, Last name, Email, Phone, Job title, Company, Location, Pipeline stage, Note, Tags",
        "first_name last_name email phone current_title current_company location stage note tags",
    ),
    "Recruitee": (
        "Name, Jobs, Emails, Phones, Tags, Sources, Links, Social Links, Cover Letter",
        "name job_title email phone tags source social social cover_letter",
    ),
    "Greenhouse": (
        "First Name, Last Name, Company, Title, Phone, Email, Social Media, Website, Address, Job, Source, "
        "Who Gets Credit, Notes, Milestone",
        "first_name last_name current_company current_title phone email social website location job_title "
        "source - note stage",
    ),
    "Lever": (
        "Full-Name, Email, Date-Added, Stage, Archive-Reason, Sources, Origin, Resume filename",
        "name email created_at stage - source source -",
    ),
    "SmartRecruiters": (
        "applicationCreationDate, applicationID, applicationStage, candidateEmail, candidateEthnicity, "
        "candidateFirstName",
        "applied_at candidate_ref stage email !ethnicity first_name",
    ),
    "Personio": (
        "Candidate ID, Candidate name, Gender, Email address, Birthday, Expected salary, Candidate location",
        "candidate_ref name !gender email !birthday - location",
    ),
    "Bullhorn": (
        "firstName, lastName, address1, categoryID, skills",
        "first_name last_name location - skills",
    ),
    "Zoho Recruit": (
        "Salutation, First Name, Last Name, Email, Mobile, Candidate Source, Candidate Status",
        "!gender first_name last_name email phone source stage",
    ),
    "PeopleForce": (
        "full_name, email, gender, skills, phone_numbers, linkedin_url, position, date_of_birth, desired_salary",
        "name email !gender skills phone linkedin job_title !birthday -",
    ),
    "German": (
        "Vorname, Nachname, E-Mail-Adresse, Telefon, Wohnort, Stelle, Berufserfahrung, Ausbildung, "
        "Geburtsdatum, Abgelehnt",
        "first_name last_name email phone location job_title experiences educations !birthday disqualified",
    ),
    "French": (
        "Prénom, Nom, Courriel, Téléphone, Expériences professionnelles, Formation, Étape, Nationalité, Compétences",
        "first_name last_name email phone experiences educations stage !nationality skills",
    ),
    "Spanish": (
        "Nombre, Apellidos, Correo electrónico, Teléfono, Puesto, Experiencia laboral, Estado civil, Etiquetas",
        "first_name last_name email phone job_title experiences !marital status tags",
    ),
    "Italian": (
        "Nome, Cognome, E-mail, Cellulare, Posizione, Esperienze lavorative, Istruzione, Data di nascita, Sesso",
        "first_name last_name email phone job_title experiences educations !birthday !gender",
    ),
    "Portuguese": (
        "Nome, E-mail, Telefone, Vaga, Experiência profissional, Formação acadêmica, Data de nascimento, Etapa, Foto",
        "name email phone job_title experiences educations !birthday stage !photo",
    ),
}


def meanings(columns: Columns) -> list[str]:
    named = {index: name for name, found in columns.indexes.items() for index in found}
    named |= {index: f"!{name}" for name, found in columns.protected.items() for index in found}
    return [named.get(index, "-") for index in range(len(columns.header))]


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_columns_of_a_vendor_are_understood(vendor: str) -> None:
    header, meant = VENDORS[vendor]
    assert " ".join(meanings(map_headers(header.split(", ")))) == meant


@pytest.mark.parametrize(
    "spelling", [" JOB TITLE ", "job_title", "jobTitle", "Job\u00a0title", "Job-Title", "JobTitle*"]
)
def test_spelling_does_not_matter(spelling: str) -> None:
    assert field_of(spelling) == "job_title"


def test_a_title_is_the_persons_only_where_no_history_says_better() -> None:
    assert map_headers(["Name", "Company", "Job title"]).indexes["current_title"] == (2,)
    assert map_headers(["Name", "Company", "Job title", "Experiences"]).indexes["job_title"] == (2,)
    assert map_headers(["Name", "Job title"]).indexes["job_title"] == (1,)


@pytest.mark.parametrize(
    "header",
    ["EEO Gender (self-declared)", "Candidate gender", "Race/Ethnicity", "dateOfBirth", "Geschlecht", "Veteran Status",
     "Profile photo", "Behinderung", "Marital status", "Religion", "AGE", "candidate_nationality"],
)  # fmt: skip
def test_protected_attributes_are_recognised_in_any_wording(header: str) -> None:
    assert protected_attribute(header)
    assert not map_headers(["Name", header]).mapping.keys() - {"Name"}


@pytest.mark.parametrize(
    "header", ["Stage", "Language", "Image of the company", "Manager", "Agency", "Job location", "Embrace"]
)
def test_ordinary_columns_are_not_taken_for_protected_ones(header: str) -> None:
    assert protected_attribute(header) is None


def test_dropped_cells_are_counted_by_attribute() -> None:
    columns = map_headers(["Name", "Gender", "Sex", "Birthday"])
    assert columns.dropped(["Ann", "f", "", "1990-01-01"]) == ["gender", "birthday"]


def test_a_field_is_its_first_filled_column() -> None:
    columns = map_headers(["Name", "Email", "Work email"])
    assert columns.field(["Ann", "  ", "w@x.de"], "email") == "w@x.de"
    assert columns.field(["Ann", "", ""], "phone") == ""


def test_no_name_stands_for_two_things() -> None:
    seen: dict[str, str] = {}
    for table in (FIELD_NAMES, PROTECTED_NAMES):
        for known, names in table.items():
            for name in names.split(","):
                key = "".join(c for c in name if c.isalnum())
                assert seen.setdefault(key, known) == known, name.strip()
