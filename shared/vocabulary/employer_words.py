"""Words that give away an employer, a school or a kind of employment, so that they are not taken for a title."""

from __future__ import annotations

import re
from typing import Final

from shared.vocabulary.tables import read_words
from shared.vocabulary.text import normalize

EMPLOYER_NOUNS: Final = frozenset(normalize(name) for name in read_words("employers", "employer_noun"))
EMPLOYMENT: Final = frozenset(normalize(name) for name in read_words("employers", "employment"))
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
