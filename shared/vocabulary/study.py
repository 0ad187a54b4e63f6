"""What a degree says: its level and its field of study, in the languages degrees are written in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from shared.vocabulary.text import plain, words

DEGREES: Final = ("school", "associate", "diploma", "bachelor", "master", "phd")  # lowest first

_LEVELS: Final = """
phd: phd, ph.d, ph.d., dphil, doctor of, doctorate, doctoral, doktor, dr, promotion, promoviert, doktorat, doctorat,
  doctorado, doutorado, doutor, dottorato, doktora, doktorat, кандидат наук, доктор наук, аспирантура, 博士, 박사,
  tiến sĩ, דוקטורט, دكتوراه, διδακτορικό, पीएचडी
master: master, masters, master's, msc, m.sc, m.sc., ms, m.s, m.s., ma, m.a, m.a., mba, m.b.a, meng, m.eng, m.eng.,
  mphil, llm, ll.m, ll.m., mres, med, mtech, m.tech, mca, mfa, mpa, mph, mim, emba, msw, diplom,
  diplom-informatiker, diplom-informatikerin, diplom-ingenieur, diplom-kaufmann, dipl, dipl.-ing, dipl.-inf,
  dipl.-kfm, dipl.-kffr, magister, staatsexamen, mastère, maîtrise, maitrise, dea, dess, diplôme d'ingénieur,
  máster, mestrado, mestre, maestría, maestria, magistrale, laurea magistrale, laurea specialistica, mgr,
  magisterskie, yüksek lisans, магистр, магистратура, специалист, 硕士, 碩士, 修士, 석사, thạc sĩ, תואר שני,
  ماجستير, μεταπτυχιακό, स्नातकोत्तर
bachelor: bachelor, bachelors, bachelor's, bsc, b.sc, b.sc., bs, b.s, b.s., ba, b.a, b.a., beng, b.eng, b.eng., bba,
  llb, ll.b, ll.b., bcom, b.com, btech, b.tech, be, b.e, b.e., bca, bed, bfa, bds, mbbs, licence, licenciatura,
  licenciado, licenciada, licenciate, grado, grado en, ingeniería, bacharelado, bacharel, graduação, laurea, laurea
  triennale, licencjat, inżynier, lisans, бакалавр, бакалавриат, 学士, 學士, 본과, 本科, 학사, cử nhân, kỹ sư, תואר
  ראשון, بكالوريوس, ليسانس, πτυχίο, स्नातक, bachelorstudium, undergraduate, honours degree, bsn, hbo
associate: associate, associate's, associate degree, foundation degree, aa, as, aas, bts, dut, iut, deug, tecnólogo,
  tecnologo, técnico superior, hnd, hnc, önlisans, 专科, 大专, 短期大学, 전문학사, cao đẳng
diploma: diploma, diplôme, diplome, certificate, certificat, certificado, ausbildung, berufsausbildung, fachwirt,
  meisterbrief, staatlich geprüfter, ciclo formativo, fp, formación profesional, técnico, técnica, curso técnico,
  cap, bep, apprenticeship, kaufmann, kauffrau, nvq, gnvq, pgce, 専門学校, диплом, колледж
school: high school, secondary school, a-levels, a levels, gcse, abitur, fachabitur, matura, baccalauréat,
  baccalaureat, bachillerato, ensino médio, ged, liceo, mittlere reife, lise, 高中, 高校, 고등학교, среднее
  образование
"""

_FIELDS: Final = """
computer science: computer science, computing, informatics, informatik, wirtschaftsinformatik, diplom-informatiker,
  diplom-informatikerin, informatique, informática, informatica, ciência da computação, ciencias de la computación,
  ingeniería informática, ingeniería de sistemas, sistemas de informação, sistemas de información, information
  systems, information technology, software engineering, softwaretechnik, génie logiciel, engenharia de software,
  computer engineering, engenharia da computação, bca, mca, bilgisayar mühendisliği, информатика, программная
  инженерия, прикладная информатика, 计算机, 计算机科学, 情報工学, 情報科学, 컴퓨터공학, מדעי המחשב, علوم الحاسوب,
  công nghệ thông tin, khoa học máy tính, informatyka, πληροφορική, कंप्यूटर विज्ञान, cyber security, análise e
  desenvolvimento de sistemas, web development
data science: data science, data analytics, business analytics, ciencia de datos, ciência de dados, science des
  données, datenwissenschaft, machine learning, artificial intelligence, big data
mathematics: mathematics, maths, math, mathematik, mathématiques, matemáticas, matemática, matematyka, математика,
  数学, 수학, applied mathematics
statistics: statistics, statistik, statistique, statistiques, estadística, estatística, статистика, 统计学,
  biostatistics, econometrics
physics: physics, physik, physique, física, fizyka, физика, 物理
engineering: engineering, mechanical engineering, electrical engineering, civil engineering, electronics,
  mechatronics, maschinenbau, elektrotechnik, bauingenieurwesen, ingenieurwesen, mechatronik,
  wirtschaftsingenieurwesen, génie mécanique, génie électrique, génie civil, ingeniería, ingeniería mecánica,
  ingeniería industrial, engenharia, engenharia mecânica, engenharia elétrica, engenharia civil, engenharia de
  produção, ingegneria, beng, meng, b.eng, m.eng, dipl.-ing, diplom-ingenieur, mühendisliği, инженерия,
  машиностроение, 工程, 機械工学, 電気工学, industrial engineering, chemical engineering, aerospace engineering,
  robotics, btech, mtech
economics: economics, economy, volkswirtschaftslehre, vwl, économie, economía, economia, ekonomia, экономика,
  经济学, 経済学, 경제학, iktisat, econometrics
business: business, business administration, mba, bba, emba, management, betriebswirtschaft,
  betriebswirtschaftslehre, bwl, diplom-kaufmann, dipl.-kfm, gestion, commerce, bcom, b.com, administración,
  administración de empresas, administração, administração de empresas, gestão, zarządzanie, менеджмент, 工商管理,
  経営学, 경영학, işletme, international business, entrepreneurship, école de commerce, quản trị kinh doanh, إدارة
  أعمال, economia aziendale
finance: finance, finanzen, finanzas, finanças, accounting, accountancy, rechnungswesen, comptabilité, contabilidad,
  contabilidade, ciências contábeis, contaduría, finanse, финансы, бухгалтерский учет, 金融, 会计, 会計, banking, kế
  toán, muhasebe, taxation
marketing: marketing, mercadotecnia, publicidad, publicidade, advertising, маркетинг, communications, communication,
  kommunikation, kommunikationswissenschaft, comunicación, comunicação, public relations, journalism, journalismus,
  periodismo, jornalismo, media studies, medienwissenschaft
law: law, llb, llm, ll.b, ll.m, jura, rechtswissenschaft, rechtswissenschaften, droit, derecho, direito,
  giurisprudenza, prawo, юриспруденция, 法学, 法律, 법학, hukuk, luật, juris doctor, jd, قانون, משפטים
medicine: medicine, medizin, humanmedizin, médecine, medicina, mbbs, pharmacy, pharmazie, pharmacie, farmacia,
  dentistry, medycyna, медицина, 医学, 의학, tıp, public health, biomedicine
nursing: nursing, bsn, pflege, pflegewissenschaft, krankenpflege, gesundheits- und krankenpflege, soins infirmiers,
  infirmier, enfermería, enfermagem, infermieristica, pielęgniarstwo, сестринское дело, 护理, 看護, 간호학,
  hemşirelik, điều dưỡng, midwifery
design: design, graphic design, product design, interaction design, industrial design, grafikdesign,
  kommunikationsdesign, diseño, diseño gráfico, design gráfico, arts, fine arts, kunst, beaux-arts, arts appliqués,
  bellas artes, 设计, デザイン, 디자인, дизайн, visual communication, architecture, human-computer interaction, hci,
  animation, fashion design
psychology: psychology, psychologie, psicología, psicologia, psychologia, психология, 心理学, 심리학, psikoloji,
  cognitive science
human resources: human resources, human resource management, personalwesen, ressources humaines, recursos humanos,
  gestão de recursos humanos, organizational psychology, industrial relations
biology: biology, biologie, biología, biologia, биология, 生物, biotechnology, biochemistry, biotechnologie, life
  sciences, biomedical engineering
chemistry: chemistry, chemie, chimie, química, chimica, chemia, химия, 化学, chemical engineering
logistics: logistics, logistik, logistique, logística, supply chain, supply chain management, transportation,
  логистика, 物流
education: education, pedagogy, pädagogik, erziehungswissenschaft, lehramt, sciences de l'éducation, pedagogía,
  pedagogia, educación, педагогика, 教育, teaching, bed, pgce
languages: languages, linguistics, literature, translation, germanistik, anglistik, romanistik, philologie,
  filología, letras, lettres, langues, linguistik, filologia, филология, лингвистика, 文学, 英语, english,
  translation studies
social sciences: sociology, political science, politics, international relations, history, philosophy, anthropology,
  soziologie, politikwissenschaft, geschichte, philosophie, sociologie, histoire, sciences politiques, sociología,
  ciencias políticas, historia, filosofía, ciências sociais, relações internacionais, социология, политология,
  история, social work, soziale arbeit, geography, humanities
"""


def _table(text: str) -> dict[tuple[str, ...], str]:
    table: dict[tuple[str, ...], str] = {}
    for line in text.strip().replace("\n  ", " ").splitlines():
        name, _, phrases = line.partition(": ")
        for phrase in phrases.split(", "):
            table.setdefault(tuple(words(phrase)), name)
    table.pop((), None)
    return table


_LEVEL_OF: Final = _table(_LEVELS)
_FIELD_OF: Final = _table(_FIELDS)
_LONGEST: Final = max(map(len, (*_LEVEL_OF, *_FIELD_OF)))
_WEAK: Final = frozenset(
    ("be", "as", "aa", "ma", "ms", "bs", "ba", "dr", "med", "bed", "cap", "fp", "dea", "promotion", "associate")
)
_UNSPACED: Final = re.compile(r"[\u2e80-\uffdc]")


@lru_cache(maxsize=16384)
def read_degree(text: str) -> tuple[str | None, str | None]:
    """Return (level, field) of a degree as written: `BSc Computer Science` gives `("bachelor", "computer science")`.

    Level is one of DEGREES, field one of the study fields below; either is None when the text does not say.
    """
    said = words(text)
    levels = _phrases(said, _LEVEL_OF, text)
    sure = [level for level, size, start in levels if start == 0 or said[start] not in _WEAK or size > 1]
    level = max(sure, key=DEGREES.index) if sure else None
    if level == "phd" and "bachelor" in sure and "master" not in sure and said[0] not in ("phd", "doctor"):
        level = "bachelor"  # "promotion" of anything else
    fields = _phrases(said, _FIELD_OF, text)
    longest = max(fields, key=lambda found: (found[1], -found[2]), default=None)
    return level, longest[0] if longest else None


def fields_of_study(text: str) -> tuple[str, ...]:
    """Return every study field the text names, in order."""
    return tuple(dict.fromkeys(name for name, _, _ in _phrases(words(text), _FIELD_OF, text)))


def _phrases(said: list[str], table: dict[tuple[str, ...], str], text: str) -> list[tuple[str, int, int]]:
    """Return (meaning, words, place) of each phrase, longest first at every place."""
    found, i = [], 0
    while i < len(said):
        size = next((n for n in range(min(_LONGEST, len(said) - i), 0, -1) if tuple(said[i : i + n]) in table), 0)
        if size:
            found.append((table[tuple(said[i : i + size])], size, i))
        i += size or 1
    if not found and _UNSPACED.search(text):
        low = plain(text)
        found = [(name, 1, 0) for key, name in table.items() if len(key) == 1 and key[0] > "\u2e80" and key[0] in low]
    return found
