"""What exports call their columns, in six languages and many vendors' ways, as tables."""

from __future__ import annotations

from typing import Final

# Names are written as comparable forms: lower case, no accents; blanks, underscores, camelCase and marks do not matter.
# What one column of a numbered group holds (`Company 2`, `Job 1 - Start Date`), by kind of entry.
GROUP_PARTS: Final[dict[str, dict[str, str]]] = {
    "experiences": {
        "title": "title, job title, position, position title, role, designation, occupation, stelle, jobtitel, poste, "
        "puesto, cargo, posizione, ruolo",
        "company": "company, company name, employer, employer name, organization, organisation, organization name, "
        "firma, unternehmen, arbeitgeber, entreprise, societe, employeur, empresa, azienda, societa",
        "start": "start date, start, started, from, from date, date from, begin, begin date, since, start month, "
        "start year, von, beginn, startdatum, date de debut, debut, fecha de inicio, data inizio, data de inicio",
        "end": "end date, end, ended, to, to date, date to, until, end month, end year, bis, ende, enddatum, "
        "date de fin, fin, fecha de fin, data fine, data de fim",
        "description": "description, responsibilities, duties, summary, details, tasks, aufgaben, missions",
    },
    "educations": {
        "school": "school, school name, college, university, institution, hochschule, universitat, ecole, universite, "
        "universidad, universita, universidade",
        "degree": "degree, degree name, qualification, diploma, abschluss, diplome, titulacion, titolo di studio",
        "field": "field of study, field, major, subject, discipline, course of study, studienfach, fachrichtung",
        "start": "education start date, education start, school start date",
        "end": "graduation year, graduation date, year of graduation, graduation, grad year, education end date, "
        "education end, school end date, abschlussjahr",
    },
}

FIELD_NAMES: Final[dict[str, str]] = {
    "name": """
        name, full name, candidate name, candidate, applicant, applicant name, person, display name,
        vollstandiger name, bewerber, bewerbername, kandidat, kandidatenname, nom complet, nom et prenom,
        nom prenom, prenom nom, candidat, nom du candidat, nombre completo, nombre y apellidos, nombre y
        apellido, candidato, nombre del candidato, nome completo, nome e cognome, cognome e nome, nome do
        candidato, nome del candidato, nome e sobrenome, naam, imie i nazwisko
    """,
    "first_name": """
        first name, given name, forename, firstname, given names, preferred name, vorname, rufname, prenom,
        nombre, nombres, primer nombre, nome, primeiro nome, voornaam, imie
    """,
    "last_name": """
        last name, family name, surname, lastname, nachname, familienname, nom, nom de famille, apellido,
        apellidos, primer apellido, cognome, sobrenome, apelido, ultimo nome, achternaam, nazwisko
    """,
    "email": """
        email, emails, e mail, e mails, email address, email addresses, e mail address, mail, primary email,
        personal email, work email, secondary email, other email, email 1, email 2, email id, contact email,
        e mail adresse, mailadresse, emailadresse, courriel, adresse e mail, adresse email, adresse
        electronique, mel, correo, correos, correo electronico, direccion de correo electronico, direccion
        de correo, indirizzo email, indirizzo e mail, posta elettronica, endereco de email, endereco de e
        mail, correio eletronico
    """,
    "phone": """
        phone, phones, phone number, phone numbers, telephone, telephone number, mobile, mobile phone,
        mobile number, cell, cell phone, cellphone, primary phone, home phone, work phone, other phone,
        phone 1, phone 2, contact number, tel, whatsapp, telefon, telefonnummer, handy, handynummer, mobil,
        mobiltelefon, mobilnummer, rufnummer, numero de telephone, portable, tel portable, telefono,
        telefonos, numero de telefono, telefono movil, movil, celular, cellulare, numero di telefono,
        telefone, telefones, numero de telefone, telemovel
    """,
    "headline": """
        headline, tagline, professional headline, linkedin headline, profile headline, uberschrift,
        kurzprofil, titre du profil, accroche, titular, titulo profesional, titulo profissional, titolo
        professionale
    """,
    "summary": """
        pitch, elevator pitch, personal statement, cover pitch,
        summary, about, bio, biography, profile, profile summary, professional summary, about me,
        description, overview, zusammenfassung, uber mich, profil, beschreibung, resume du profil, a propos,
        resumen, perfil, acerca de, sobre mi, riepilogo, sommario, profilo, resumo, sobre
    """,
    "job_title": """
        job title, job, jobs, role, position, position title, vacancy, vacancy title, requisition,
        requisition title, opening, applied for, applied job, applied position, applied role, posting,
        posting title, job name, job posting, job posting title, job opening, offer, job offer, stelle,
        stellentitel, stellenbezeichnung, stellenanzeige, stellenausschreibung, ausgeschriebene stelle,
        beworben auf, poste, intitule du poste, titre du poste, offre, offre d'emploi, puesto, puesto de
        trabajo, titulo del puesto, vacante, oferta, oferta de empleo, posizione, ruolo, titolo della
        posizione, offerta, vaga, titulo da vaga, nome da vaga, posicao, cargo pretendido
    """,
    "job_location": """
        job location, location of job, vacancy location, position location, office, job city, job office,
        requisition location, posting location, arbeitsort, einsatzort, stellenort, standort der stelle,
        standort, lieu du poste, lieu de travail, lieu de l'offre, ubicacion del puesto, ubicacion del
        trabajo, lugar de trabajo, sede di lavoro, luogo di lavoro, localizacao da vaga, local da vaga,
        local de trabalho
    """,
    "current_title": """
        current title, current job title, current position, current role, title, most recent title,
        designation, current designation, occupation, present title, latest title, last position, aktuelle
        position, aktuelle stelle, derzeitige position, aktueller titel, beruf, poste actuel, fonction,
        fonction actuelle, titre actuel, puesto actual, cargo actual, titulo actual, cargo, posizione
        attuale, ruolo attuale, qualifica, cargo atual, posicao atual, funcao
    """,
    "current_company": """
        company, current company, current employer, employer, organization, organisation, most recent
        company, company name, current organization, latest company, last company, present employer, firma,
        unternehmen, arbeitgeber, aktueller arbeitgeber, aktuelle firma, aktuelles unternehmen, entreprise,
        entreprise actuelle, societe, employeur, employeur actuel, empresa, empresa actual, compania,
        azienda, azienda attuale, societa, datore di lavoro, empresa atual, empregador
    """,
    "experiences": """
        experience details, experience history, work details, employment details, job experience,
        experiences, experience, work experience, work experiences, work history, employment history,
        employment, professional experience, job history, career history, positions, previous positions,
        berufserfahrung, arbeitserfahrung, werdegang, beruflicher werdegang, lebenslauf stationen,
        erfahrung, erfahrungen, experience professionnelle, experiences professionnelles, parcours
        professionnel, experiencia, experiencias, experiencia laboral, experiencia profesional, trayectoria
        profesional, historial laboral, esperienza, esperienze, esperienza lavorativa, esperienze
        lavorative, esperienze professionali, experiencia profissional, experiencias profissionais,
        historico profissional
    """,
    "educations": """
        educational details, education details, educational background,
        educations, education, education history, academic background, degrees, studies, schools, academic
        history, ausbildung, bildung, bildungsweg, studium, akademischer werdegang, formation, formations,
        parcours academique, etudes, diplomes, educacion, formacion, formacion academica, estudios,
        istruzione, formazione, titoli di studio, studi, educacao, formacao, formacao academica,
        escolaridade
    """,
    "social": """
        social profiles, social profile, social media, social links, social, links, profiles, urls, social
        networks, web links, profile links, profile url, profile urls, public profile, social urls, soziale
        profile, soziale netzwerke, reseaux sociaux, profils sociaux, liens, redes sociales, perfiles
        sociales, enlaces, profili social, social network, collegamenti, redes sociais, perfis sociais, web profile,
        web profiles, online profiles
    """,
    "linkedin": """
        linkedin, linkedin url, linkedin profile, linkedin profile url, linkedin link, linkedin page, linked
        in, linkedin public profile, linkedin id url, linkedin profil, profil linkedin, perfil linkedin,
        perfil de linkedin, profilo linkedin, perfil do linkedin
    """,
    "github": "github, github url, github profile, github link, git hub, profil github, perfil github, profilo github",
    "website": """
        website, websites, web site, homepage, personal website, portfolio, portfolio url, portfolio link,
        url, blog, webseite, internetseite, site web, sitio web, pagina web, sito web, sito, site, site
        pessoal
    """,
    "location": """
        location, candidate location, address, addresses, address 1, address1, address line 1, street
        address, city, city of residence, current location, place, place of residence, residence, home
        address, mailing address, country, country of residence, state, state province, province, region,
        zip, zip code, postal code, postcode, adresse, wohnort, ort, stadt, land, plz, postleitzahl,
        anschrift, strasse, bundesland, ville, pays, lieu, lieu de residence, code postal, localisation,
        direccion, ubicacion, ciudad, pais, provincia, codigo postal, domicilio, localidad, indirizzo,
        citta, paese, localita, residenza, cap, endereco, cidade, localizacao, morada, localidade, estado,
        cep
    """,
    "stage": """
        stage, pipeline stage, current stage, application stage, candidate stage, hiring stage, recruiting
        stage, interview stage, current interview stage, workflow stage, milestone, step, workflow step,
        hiring step, recruiting step, current step, phase, bewerbungsphase, etape, etapa, fase, etapa do
        processo
    """,
    "status": """
        status, application status, candidate status, current status, disposition, bewerbungsstatus, statut,
        statut de la candidature, estado de la candidatura, estado del candidato, stato, stato della
        candidatura, situacao, status da candidatura
    """,
    "school": """
        school, school name, college, university, college university, institution, educational institution,
        alma mater, last school, current school, most recent school, hochschule, universitat, schule, ecole,
        universite, etablissement, universidad, escuela, institucion, universita, scuola, universidade, escola
    """,
    "degree": """
        degree, highest degree, education degree, degree name, degree level, highest education, education level,
        highest level of education, highest qualification, highest qualification held, academic degree, abschluss,
        hochster abschluss, bildungsabschluss, diplome, dernier diplome, niveau d'etudes, titulacion, nivel de
        estudios, titolo di studio, grau academico, grau de escolaridade
    """,
    "study_field": """
        field of study, fields of study, major, area of study, course of study, degree subject, studienfach,
        studienrichtung, fachrichtung, domaine d'etudes, filiere, campo de estudio, area de estudio, campo di
        studio, area de estudo
    """,
    "graduation": """
        graduation year, year of graduation, graduation date, graduation, graduated, year graduated, grad year,
        abschlussjahr, annee de diplome, annee d'obtention, ano de graduacion, anno di laurea, ano de conclusao,
        ano de formatura
    """,
    "years": """
        years of experience, years experience, experience in years, total experience, total years of experience,
        total experience in years, experience years, yoe, work experience years, relevant experience,
        berufserfahrung in jahren, berufsjahre, jahre berufserfahrung, annees d'experience, nombre d'annees
        d'experience, anos de experiencia, anni di esperienza
    """,
    "tags": """
        tags, associated tags, tag, labels, label, keywords, candidate tags, schlagworte, schlagworter, stichworte,
        etiketten, etiquettes, mots cles, etiquetas, palabras clave, etichette, parole chiave, marcadores,
        palavras chave
    """,
    "source": """
        source, sources, candidate source, origin, application source, channel, referral source, applied
        via, sourced from, lead source, quelle, herkunft, bewerbungsquelle, kanal, origine, provenance,
        fuente, origen, canal, fonte, origem, provenienza
    """,
    "disqualified": """
        disqualified, is disqualified, rejected, is rejected, archived, disqualifiziert, abgelehnt, absage,
        disqualifie, refuse, rejete, descalificado, descartado, rechazado, squalificato, scartato,
        rifiutato, desqualificado, desclassificado, rejeitado, reprovado
    """,
    "created_at": """
        creation time, created at, created, created time, created date, creation date, created datetime,
        created on, date created, date added, added at, added on, added date, record created, erstellt am,
        erstellt, erstellungsdatum, angelegt am, date de creation, cree le, date d'ajout, fecha de creacion,
        creado el, fecha de alta, data di creazione, creato il, data de criacao, criado em, data criacao
    """,
    "applied_at": """
        applied at, application date, application creation date, applied on, date applied, applied date,
        apply date, submitted at, submission date, application time, application submitted, bewerbungsdatum,
        beworben am, eingangsdatum, bewerbungseingang, date de candidature, date de postulation, postule le,
        fecha de solicitud, fecha de aplicacion, fecha de postulacion, fecha de candidatura, data
        candidatura, data della candidatura, data di candidatura, data da candidatura, data de inscricao,
        data de candidatura
    """,
    "updated_at": """
        updated at, last updated, modified, modified time, last modified, modified date, last modified time,
        updated time, last update, modification date, geandert am, aktualisiert am, mis a jour le, date de
        modification, fecha de actualizacion, fecha de modificacion, data di modifica, aggiornato il,
        atualizado em, data de atualizacao
    """,
    "skills": """
        skills, skill, skill set, skillset, key skills, technical skills, technologies, competencies,
        expertise, core skills, primary skills, fahigkeiten, kenntnisse, kompetenzen, fachkenntnisse,
        competences, aptitudes, savoir faire, habilidades, competencias, conocimientos, destrezas,
        competenze, capacita, abilita, conhecimentos, aptidoes
    """,
    "languages": """
        languages, language, spoken languages, language skills, sprachen, sprachkenntnisse, langues, langues
        parlees, idiomas, lenguas, lingue, lingue parlate, linguas
    """,
    "certifications": """
        certifications, certificates, certification, licenses, licenses and certifications, zertifikate,
        zertifizierungen, certificats, certificaciones, certificados, certificazioni, certificacoes
    """,
    "candidate_ref": """
        id, candidate id, applicant id, person id, profile id, candidate reference, reference, external id,
        uuid, application id, record id, bewerber id, kandidaten id, kandidatennummer, id du candidat, id
        candidat, id candidato, id del candidato, id do candidato, project id
    """,
    "note": """
        note, notes, comment, comments, remarks, internal notes, recruiter notes, notiz, notizen, kommentar,
        kommentare, bemerkungen, anmerkungen, commentaire, commentaires, remarques, nota, notas, comentario,
        comentarios, observaciones, commenti, commento, osservazioni, observacoes
    """,
    "cover_letter": """
        cover letter, coverletter, motivation, motivation letter, anschreiben, motivationsschreiben, lettre
        de motivation, carta de presentacion, lettera di presentazione, lettera motivazionale, carta de
        apresentacao
    """,
}

PROTECTED_NAMES: Final[dict[str, str]] = {
    "gender": """
        gender, sex, gender identity, pronouns, preferred pronouns, salutation, geschlecht, anrede,
        pronomen, sexe, genre, civilite, pronoms, genero, sexo, tratamiento, genere, sesso, titolo di
        cortesia, geslacht, plec
    """,
    "birthday": """
        birthday, date of birth, birth date, birthdate, dob, birth, year of birth, birth year, place of
        birth, birthplace, geburtsdatum, geburtstag, geburtsjahr, geburtsort, date de naissance, naissance,
        annee de naissance, lieu de naissance, fecha de nacimiento, nacimiento, ano de nacimiento, lugar de
        nacimiento, data di nascita, luogo di nascita, anno di nascita, data de nascimento, nascimento,
        local de nascimento
    """,
    "age": "age, age group, age range, alter, altersgruppe, edad, eta, idade, faixa etaria, tranche d'age",
    "ethnicity": """
        ethnicity, ethnic origin, ethnic group, ethnic background, race, race ethnicity, hispanic or latino,
        ethnie, ethnische herkunft, herkunftsland, origine ethnique, etnia, origen etnico, raza, raca, cor
        raca, origine etnica, razza
    """,
    "nationality": """
        nationality, nationalities, citizenship, citizenships, country of birth, country of origin,
        nationalitat, staatsangehorigkeit, staatsburgerschaft, nationalite, citoyennete, nacionalidad,
        ciudadania, nazionalita, cittadinanza, nacionalidade, cidadania
    """,
    "marital status": """
        marital status, civil status, family status, married, children, number of children, dependents,
        familienstand, zivilstand, kinder, etat civil, situation familiale, situation matrimoniale, enfants,
        estado civil, hijos, situacion familiar, stato civile, figli, filhos, nombre d'enfants
    """,
    "photo": """
        photo, photos, photo url, picture, picture url, profile picture, profile photo, avatar, avatar url,
        headshot, image, image url, foto, fotos, bild, lichtbild, passbild, profilbild, photo de profil,
        portrait, foto de perfil, imagen, fotografia, immagine, foto profilo, imagem
    """,
    "religion": """religion, religious affiliation, religious belief, faith, konfession, glaube, confession, religione,
        religiao, confesion, credo""",
    "disability": """
        disability, disabled, disability status, handicap, behinderung, schwerbehinderung, schwerbehindert,
        grad der behinderung, situation de handicap, rqth, discapacidad, minusvalia, disabilita, categoria
        protetta, deficiencia, pcd, pessoa com deficiencia
    """,
    "veteran status": "veteran, veteran status, protected veteran, protected veteran status, military status",
    "sexual orientation": """
        sexual orientation, sexuelle orientierung, orientation sexuelle, orientacion sexual, orientamento
        sessuale, orientacao sexual, lgbtq, transgender
    """,
    "health": "health, medical conditions, pregnancy, gesundheit, schwangerschaft, sante, salud, salute, saude",
    "political views": "political views, political affiliation, trade union membership, parteizugehorigkeit",
}

# A header with one of these words is about a protected attribute, whatever else it says (`EEO Gender (voluntary)`).
PROTECTED_WORDS: Final[dict[str, str]] = {
    "gender": "gender",
    "geschlecht": "gender",
    "pronouns": "gender",
    "sex": "gender",
    "sexe": "gender",
    "sexo": "gender",
    "birth": "birthday",
    "birthday": "birthday",
    "birthdate": "birthday",
    "dob": "birthday",
    "geburtsdatum": "birthday",
    "geburtstag": "birthday",
    "naissance": "birthday",
    "nacimiento": "birthday",
    "nascita": "birthday",
    "nascimento": "birthday",
    "ethnicity": "ethnicity",
    "ethnic": "ethnicity",
    "race": "ethnicity",
    "hispanic": "ethnicity",
    "etnia": "ethnicity",
    "nationality": "nationality",
    "citizenship": "nationality",
    "staatsangehorigkeit": "nationality",
    "nationalite": "nationality",
    "nacionalidad": "nationality",
    "nazionalita": "nationality",
    "nacionalidade": "nationality",
    "marital": "marital status",
    "familienstand": "marital status",
    "photo": "photo",
    "avatar": "photo",
    "headshot": "photo",
    "religion": "religion",
    "religious": "religion",
    "disability": "disability",
    "disabilities": "disability",
    "handicap": "disability",
    "discapacidad": "disability",
    "veteran": "veteran status",
    "lgbtq": "sexual orientation",
}
