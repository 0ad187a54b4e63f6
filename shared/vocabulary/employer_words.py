"""Words that give away an employer, a school or a kind of employment, so that they are not taken for a title."""

from __future__ import annotations

import re
from typing import Final

from shared.vocabulary.text import plain

_NOUNS: Final = """
group bank studio studios labs lab systems system holding holdings solutions technologies technology tech software
services consulting consultants partners partner analytics health healthcare hospital clinic logistics robotics retail
energy media digital foundation agency industries international global networks network ventures capital insurance
university institute ministry department council government airlines motors pharma pharmaceuticals telecom
communications enterprises company corporation werke versicherung sparkasse klinikum krankenhaus universität stiftung
verlag gruppe banque hôpital groupe société banco grupo hospital universidad fundación servicios soluciones tecnologia
tecnologias serviços universidade szpital grupa spółka hastanesi holdingi banka bankası şirketi группа банк завод
компания больница ооо оао зао пао ао όμιλος τράπεζα νοσοκομείο εταιρεία شركة مجموعة بنك مستشفى مؤسسة חברת קבוצת בנק
कंपनी बैंक लिमिटेड प्राइवेट
"""
_EMPLOYMENT: Final = """
full-time, full time, part-time, part time, permanent, contract, contractor, freelance, internship, temporary, remote,
hybrid, on-site, onsite, vollzeit, teilzeit, festanstellung, praktikum, befristet, unbefristet, cdi, cdd, stage,
alternance, temps plein, temps partiel, tiempo completo, media jornada, jornada completa, prácticas, remoto, híbrido,
tempo integral, clt, pj, estágio, presencial, umowa o pracę, pełny etat, tam zamanlı, yarı zamanlı, uzaktan,
полная занятость, частичная занятость, удаленно, удалённо, 正社員, 契約社員, アルバイト, 派遣社員, 全职, 兼职, 정규직,
계약직, toàn thời gian, bán thời gian, دوام كامل, دوام جزئي, משרה מלאה, משרה חלקית, πλήρης απασχόληση, पूर्णकालिक
"""
EMPLOYER_NOUNS: Final = frozenset(plain(word) for word in _NOUNS.split())
EMPLOYMENT: Final = frozenset(plain(kind) for kind in _EMPLOYMENT.replace("\n", " ").split(",") if kind.strip())
EASTERN_EMPLOYER: Final = re.compile(
    r"株式会社|有限会社|合同会社|（株）|\(株\)|㈱|有限公司|股份|公司|集团|銀行|银行|病院|医院|주식회사|㈜|\(주\)|은행|그룹|병원"
)
SCHOOL: Final = re.compile(
    r"""\b(?:univer\w+|univerz\w+|üniversite\w*|uniwersytet\w*|универс\w+|институт\w*|академия|гимназия|колледж\w*
    |πανεπιστήμιο\w*|σχολή|politécnic\w+|politecnic\w+|polytech\w+|fachhochschule|lise\w*|liceum|liceo|instituto|colegio
    |colégio|trường|đại\ học|học\ viện|kolleg|gymnázium|egyetem|yliopisto|universitet|högskola|høgskole)\b
    |جامعة|معهد|كلية|אוניברסיט|הטכניון|מכללת|विश्वविद्यालय|संस्थान|महाविद्यालय
    |大学|大學|学院|學院|학교|대학|高校|高等学校|専門学校|研究科|研究院""",
    re.I | re.X,
)
