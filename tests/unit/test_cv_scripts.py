"""CVs as people write them in several languages: labels, tables, side bars, exports of other sites."""

from __future__ import annotations

from shared.models.source import Facts
from shared.reading.cv.parsing import parse_cv

TODAY = "2026-11"


def jobs(facts: Facts) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [(job.title, job.company, job.start, job.end) for job in facts.profile.experiences]


def skills(facts: Facts) -> list[str]:
    return [skill.name for skill in facts.profile.skills]


def test_an_export_with_its_side_bar_first_and_an_employer_over_two_positions() -> None:
    text = """Contact
jane.okafor@example.com
www.linkedin.com/in/janeokafor88
(LinkedIn)
Top Skills
Kubernetes
Go
Certifications
Certified Kubernetes Administrator
Jane Okafor
Staff Engineer at Copperleaf
Experience
Copperleaf Bank
Staff Engineer
January 2021 - Present (4 years 11 months)
London, United Kingdom
Tidewell
4 years 2 months
Senior Software Engineer
March 2019 - December 2020 (1 year 10 months)
Software Engineer
November 2016 - March 2019 (2 years 5 months)
Page 1 of 2
"""
    facts = parse_cv(text, TODAY)
    assert facts.person.name == "Jane Okafor"
    assert facts.person.links["linkedin"] == "https://www.linkedin.com/in/janeokafor88"
    assert jobs(facts) == [
        ("Staff Engineer", "Copperleaf Bank", "2021-01", None),
        ("Senior Software Engineer", "Tidewell", "2019-03", "2020-12"),
        ("Software Engineer", "Tidewell", "2016-11", "2019-03"),
    ]
    assert skills(facts) == ["Kubernetes", "Go"]
    assert facts.profile.certifications == ("Certified Kubernetes Administrator",)


def test_a_german_table_with_labels_and_a_start_without_an_end() -> None:
    text = """Lebenslauf
Persönliche Daten
Name: Anna-Lena Köhler
Telefon: 0176 12345678
E-Mail: anna.koehler@example.org
Geburtsdatum: 12.03.1991
Berufserfahrung
seit 04/2020\tTeamleiterin Vertriebsinnendienst
\tGrüne Welle AG, München
\t- Führung von acht Mitarbeitenden
09/2015 – 03/2020\tVertriebssachbearbeiterin
\tNordlicht AG, Kiel
Sprachen
Deutsch: Muttersprache
Englisch: verhandlungssicher
"""
    facts = parse_cv(text, TODAY)
    assert facts.person.name == "Anna-Lena Köhler"
    assert facts.person.phones == ("0176 12345678",)
    assert jobs(facts) == [
        ("Teamleiterin Vertriebsinnendienst", "Grüne Welle AG", "2020-04", None),
        ("Vertriebssachbearbeiterin", "Nordlicht AG", "2015-09", "2020-03"),
    ]
    levels = [(language.name, language.level) for language in facts.profile.languages]
    assert levels == [("Deutsch", "Muttersprache"), ("Englisch", "verhandlungssicher")]


def test_a_japanese_history_with_full_width_marks() -> None:
    text = """職務経歴書
氏名 山田 花子
職務経歴
2018年4月～現在  株式会社みどり商事
営業担当
・新規開拓
2012年4月～2018年3月  あおぞら株式会社
営業担当
・既存顧客対応
資格
TOEIC 850点（2019年5月）
電話番号：090-1234-5678
"""
    facts = parse_cv(text, TODAY)
    assert facts.person.name == "山田 花子" and facts.person.phones == ("090-1234-5678",)
    assert jobs(facts) == [
        ("営業担当", "株式会社みどり商事", "2018-04", None),
        ("営業担当", "あおぞら株式会社", "2012-04", "2018-03"),
    ]
    assert facts.profile.experiences[0].achievements == ("新規開拓",)
    assert "TOEIC 850点" in facts.profile.certifications


def test_a_chinese_table_whose_columns_are_wide_blanks() -> None:
    text = """个人简历
姓名：李小明    性别：男    出生年月：1992.05
电话：138 0013 8000    邮箱：lixiaoming@example.cn
工作经历
2019.03-至今    绿叶科技有限公司    高级后端工程师
2014.07-2019.02    远山科技有限公司    后端工程师
专业技能
编程语言：Java, Go, Python
数据库：MySQL、Redis
"""
    facts = parse_cv(text, TODAY)
    assert facts.person.name == "李小明" and facts.person.emails == ("lixiaoming@example.cn",)
    assert jobs(facts) == [
        ("高级后端工程师", "绿叶科技有限公司", "2019-03", None),
        ("后端工程师", "远山科技有限公司", "2014-07", "2019-02"),
    ]
    assert skills(facts) == ["Java", "Go", "Python", "MySQL", "Redis"]
    assert "1992" not in facts.model_dump_json()


def test_a_russian_history_with_lengths_and_towns_between_its_lines() -> None:
    text = """Иванов Пётр Сергеевич
petr@example.org
Опыт работы — 10 лет 3 месяца
Февраль 2019 — настоящее время
7 лет 10 месяцев
ООО «Ромашка»
Москва
Ведущий бухгалтер
Ведение учёта, сдача отчётности.
Октябрь 2015 — Январь 2019
3 года 4 месяца
АО Вектор
Бухгалтер
Первичная документация.
"""
    assert jobs(parse_cv(text, TODAY)) == [
        ("Ведущий бухгалтер", "ООО «Ромашка»", "2019-02", None),
        ("Бухгалтер", "АО Вектор", "2015-10", "2019-01"),
    ]


def test_arabic_and_hebrew_sections_are_found() -> None:
    text = """نور منصور
nour@example.org
الخبرة المهنية
مهندس برمجيات أول — Grüne Welle Bank
09/2023 – حتى الآن
المهارات
Go, Kafka
اللغات
العربية (اللغة الأم)، الإنجليزية
"""
    facts = parse_cv(text, TODAY)
    assert facts.person.name == "نور منصور"
    assert jobs(facts) == [("مهندس برمجيات أول", "Grüne Welle Bank", "2023-09", None)]
    assert [language.name for language in facts.profile.languages] == ["العربية", "الإنجليزية"]
    hebrew = "מיכל אלמוג\nניסיון תעסוקתי\nSecurity Engineer — Tidewell Health\n02/2024 – היום\nכישורים\nOAuth, SIEM\n"
    assert jobs(parse_cv(hebrew, TODAY)) == [("Security Engineer", "Tidewell Health", "2024-02", None)]


def test_letters_set_apart_make_a_heading() -> None:
    text = "Maja Holm\nE X P E R I E N C E\nData Analyst, Lindqvist Foods AB\n2019 – 2021\nS K I L L S\nSQL, Power BI\n"
    facts = parse_cv(text, TODAY)
    assert jobs(facts) == [("Data Analyst", "Lindqvist Foods AB", "2019", "2021")]
    assert skills(facts) == ["SQL", "Power BI"]


def test_positions_without_dates_are_read_where_title_and_employer_are_named() -> None:
    text = (
        "Sam Okoro\nExperience\nProduct Designer at Vantrel\nDesigned things.\nUX Designer at Tidewell\nSkills: Figma\n"
    )
    assert [job[:2] for job in jobs(parse_cv(text, TODAY))] == [
        ("Product Designer", "Vantrel"),
        ("UX Designer", "Tidewell"),
    ]


def test_addresses_written_against_robots_are_read() -> None:
    facts = parse_cv("Maja Holm\nmaja.holm [at] example [dot] org\n+46 (0)70 123 45 67\n", TODAY)
    assert facts.person.emails == ("maja.holm@example.org",)


def test_years_and_identifiers_are_no_telephone_numbers() -> None:
    text = (
        "Maja Holm\nmaja@example.org\nExperience\nData Analyst, Lindqvist Foods AB\n2015 – 2018\nISO 27001 2013 1234\n"
    )
    assert parse_cv(text, TODAY).person.phones == ()


def test_skills_come_ranked_by_use_and_with_their_category() -> None:
    text = (
        "Maja Holm\nExperience\nEngineer, Lindqvist Foods AB\n2019 – 2021\n• Moved Kafka to Go. Go everywhere.\n"
        "Skills\nTerraform, Kafka, Go\n"
    )
    found = parse_cv(text, TODAY).profile.skills
    assert [skill.name for skill in found] == ["Go", "Kafka", "Terraform"]
    assert all(skill.category for skill in found)
