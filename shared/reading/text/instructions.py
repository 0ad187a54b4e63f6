"""Text that gives orders to a machine is data like any other, but people should hear of it."""

from __future__ import annotations

import re
from typing import Final

_PATTERN: Final = re.compile(
    r"""
    \b(?:ignor\w*|disregard|forget|override|bypass|vergiss|missachte|oublie[zr]?|olvid\w+|esque[cç]\w+|dimentica\w*)\b
        [^.\n]{0,60}\b
        (?:instru\w+|prompts?|rules?|guidelines?|directions|context|anweisung\w*|consignes|istruzion\w+|regeln)\b
    | </?\s*(?:system|experiences?|instructions?|prompt|candidates?|assistant|user|human|context
        |documents?|data|input|cv|resume)\s*>
    | <\|\s*\w+\s*\|> | \[/?INST\] | \#{2,}\s*instructions?\b
    | (?:^|[|\n>.]\s*)(?:system|assistant):\s
    | \b(?:rate|score|rank|mark|classify|label|treat|consider|recommend|approve|hire|shortlist)\b
        \s+(?:this|the|me\b|him|her)
        [^.\n]{0,30}\b(?:candidate|applicant|profile|resum[eé]|cv|application)\b[^.\n]{0,60}
        \b(?:as|10|100|top|best|highest|first|perfect|c_level|hired|approved|strong)
    | \b(?:this|the)\s+(?:candidate|applicant)\s+(?:is|was|has\s+been|must|should|shall|needs\s+to)\s+(?:be\s+)?
        (?:already\s+)?(?:pre-?approved|approved|hired|ranked|rated|selected|accepted|shortlisted|recommended|scored)
    | \byou\s+are\s+(?:now\s+)?(?:an?|the)\s+(?:\w+\s+){0,2}
        (?:ai|assistant|language\s+model|llm|chatbot|recruiter|bot)\b
    | \b(?:output|print|reveal|list|show|repeat|return|send|leak|dump)\b[^.\n]{0,40}
        \b(?:system\s+prompt|your\s+(?:instructions|prompt)|list\s+of\s+(?:all\s+)?candidates|all\s+(?:the\s+)?candidates
        |level\s*=|score\s*=|api\s+keys?)\b
    | \b(?:return|set|output)\s+(?:\w+\s+)?(?:level|score|rating|function)(?:=|\s+to\b)
    """,
    re.I | re.X,
)


def may_instruct(text: str) -> bool:
    """Tell whether it is worth looking closer: cheap enough for every record."""
    return _hints(text.lower())


def _hints(low: str) -> bool:
    """Tell whether words are there without which the expensive pattern finds nothing."""
    return (  # written out: a loop over the words takes three times as long, and most cells of an export come by here
        "instru" in low
        or "prompt" in low
        or "ignor" in low
        or "disregard" in low
        or "candidat" in low
        or "applicant" in low
        or "system:" in low
        or "assistant:" in low
        or "you are" in low
        or "anweisung" in low
        or "istruzion" in low
        or "<" in low
        or "[" in low
    )


def gives_instructions(text: str) -> bool:
    """Tell whether the text speaks to a machine: prompt injection, role markers, orders about the candidate."""
    return may_instruct(text) and _PATTERN.search(text) is not None


# What CVs add: other languages, and notes addressed to a machine. Too slow for every cell of an export.
_IN_DOCUMENTS: Final = re.compile(
    r"""
    \b(?:note|message|attention)\s+(?:to|for)\s+(?:(?:any|all|the|every)\s+)*
        (?:ais?|llms?|gpt|chatgpt|gemini|claude|bots?|(?:large\s+)?language\s+models?|ats
        |automated\s+(?:readers?|systems?|tools?|screen\w*|review\w*|parsers?|recruit\w*)|machine\s+readers?)\b
    | \binstructions?\s+(?:to|for)\s+(?:(?:any|all|the|every)\s+)*(?:ai|llms?|chatgpt|gpt|gemini|bots?|models?)\s*:
    | \bas\s+an?\s+(?:ai|llm|language\s+model)(?:\s+(?:language\s+)?(?:model|assistant|system|reviewer))?\s*,?\s+
        (?:you|please|your|always|must|do\s+not|ignore)\b
    | \bif\s+you(?:'re|\s+are)\s+an?\s+(?:ai|llm|language\s+model|bot|large)\b
    | \bne\s+(?:tiens|tenez)\s+pas\s+compte\b[^.\n]{0,60}\b(?:instructions|consignes|règles)\b
    | \b(?:ignorier\w*|vergiss|vergessen\s+sie|missachte\w*)\b[^.\n]{0,60}\b(?:vorgaben?|anweisung\w*|befehle?|regeln)\b
    | \b(?:zignoruj|ignoruj|pomiń|zapomnij)\b[^.\n]{0,60}\b(?:instrukcj\w+|polece\w+|zasad\w*|wytyczn\w+)
    | \b(?:игнориру\w+|проигнориру\w+|забуд\w+)\b[^.\n]{0,60}\b(?:инструкц\w+|указани\w+|правил\w*|промпт\w*)
    | \b(?:αγνό\w+|αγνοή\w+|ξέχ\w+|παράβλ\w+)[^.\n]{0,60}\b(?:οδηγί\w+|κανόν\w+|εντολ\w+)
    | \b(?:talimat|yönerge|kural|komut)\w*[^.\n]{0,60}(?:yok\s+say|görmezden\s+gel|dikkate\s+alma|unut|göz\s+ardı)
    | \b(?:bỏ\s+qua|phớt\s+lờ|quên)\b[^.\n]{0,60}(?:hướng\s+dẫn|chỉ\s+dẫn|chỉ\s+thị|quy\s+tắc|mệnh\s+lệnh)
    | (?:忽略|无视|無視|忽视|忽視|不要理会)[^。\n]{0,30}(?:指令|指示|说明|說明|规则|規則|提示)
    | (?:指示|命令|ルール|プロンプト|規則)[^。\n]{0,12}(?:無視|忘れ)
    | (?:지시|명령|규칙|프롬프트)[^.\n]{0,16}(?:무시|잊)
    | (?:تجاهل|تجاوز|انس)[^.\n]{0,60}(?:تعليمات|القواعد|الأوامر|إرشادات|الإرشادات)
    | (?:התעלם|התעלמי|התעלמו|שכח|שכחי)[^.\n]{0,60}(?:הוראות|הנחיות|כללים)
    | (?:निर्देश|नियम|आदेश)[^।.\n]{0,60}(?:अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल)
    | \b(?:bewerte\w*|stufe\w*|empfiehl|empfehle\w*)\s+(?:diese[nr]?|den|die)\s+(?:kandidat|bewerber)\w*
    | \b(?:évalue[rz]?|note[rz]?|classe[rz]?|recommande[rz]?)\s+(?:ce|cette|le|la)\s+candidate?\b
    | \b(?:califica\w*|evalúa\w*|puntúa\w*|clasifica\w*|recomienda\w*)\s+(?:a\s+)?(?:este|esta|al|la)\s+candidat[oa]\b
    | \b(?:avali[ea]\w*|classifi\w+|recomend[ea]\w*)\s+(?:este|esta|o|a)\s+candidat[oa]\b
    | \b(?:valuta\w*|classifica\w*|raccomanda\w*)\s+(?:questo|questa|il|la)\s+candidat[oa]\b
    | \b(?:oceń|oceniaj|poleć)\s+(?:tego|tę|tą)\s+kandydat\w*
    | \b(?:оцени\w*|рекоменду\w+|поставь\w*)\s+(?:этого|эту|этому)\s+(?:кандидат|соискател)\w*
    | (?:この|当)(?:候補者|応募者)[^。\n]{0,20}(?:評価|採用|推薦)して
    | (?:给|给予|将|把)(?:该|这位|此|本)(?:候选人|应聘者|申请人)
    | 이\s?(?:후보자|지원자)[^.\n]{0,20}(?:평가하|추천하|점수)
    | \bbu\s+aday[ıi]\b[^.\n]{0,40}(?:değerlendir|puanla|öner|seç) | \b(?:đánh\s+giá|xếp\s+hạng)\s+ứng\s+viên\s+này
    | (?:قيّم|قيم|رشح|صنف)\s+(?:هذا|هذه)\s+المرشح | (?:דרג|דרגי|המלץ\s+על)\s+(?:את\s+)?(?:ה)?מועמד
    """,
    re.I | re.X,
)

_DOCUMENT_HINTS: Final = tuple(
    """note to|note for|message|attention|as an |as a |if you|instructions to|instruction to|instructions for
    compte|vorgab|anweis|befehl|regeln|instrukc|polece|zasad|wytyczn|инструкц|указани|правил|промпт|οδηγ|κανόν|εντολ
    talimat|yönerge|kural|komut|hướng dẫn|chỉ dẫn|chỉ thị|quy tắc|mệnh lệnh|kandydat|kandidat|bewerber|candidat|aday
    指令|指示|说明|說明|规则|規則|提示|命令|ルール|プロンプト|候補者|応募者|候选人|应聘者|申请人
    지시|명령|규칙|프롬프트|후보자|지원자|ứng viên|кандидат|соискател|निर्देश|नियम|आदेश
    تعليمات|القواعد|الأوامر|إرشادات|المرشح|הוראות|הנחיות|כללים|מועמד""".replace("\n    ", "|").split("|")
)


def _patterns(low: str) -> list[re.Pattern[str]]:
    """Return the patterns that may match a document, in lower case."""
    patterns = []
    if _hints(low):
        patterns.append(_PATTERN)
    if any(map(low.__contains__, _DOCUMENT_HINTS)):
        patterns.append(_IN_DOCUMENTS)
    return patterns


def instruction_in(text: str) -> str:
    """Return the words of a whole document that speak to a machine, as one line; nothing when none do."""
    flat = " ".join(text.split())  # a sentence of a document goes on in the next line
    patterns = _patterns(flat.lower())
    for version in (text, flat):
        for pattern in patterns:
            match = pattern.search(version)
            if match:
                return _quoted(version, match.start())
    return ""


def _quoted(text: str, at: int) -> str:
    """Return at most 400 characters from the sentence around that place on, as one line."""
    start = max(_sentence_start(text, at - 1), at - 80)
    return " ".join(text[start:][:400].split())


_MARKS: Final = ".!?。•"
_WRAPPED: Final = range(60, 131)  # characters of a line that may go on in the next; longer ones are whole paragraphs
_FULL, _SURELY_FULL = 0.75, 0.85  # of the longest line that may be wrapped: how long one is that was
_LONGEST: Final = 2000  # characters of orders taken out at a place, where a text has no lines


def without_instructions(text: str) -> str:
    """Return a document's text without what speaks to a machine: from the sentence that does to its paragraph's end.

    For whoever reads it by machine: what a model is not shown, it cannot obey.
    """
    flat = text.replace("\n", " ").replace("\t", " ")  # letter for letter as long
    spans: list[tuple[int, int]] = []
    for pattern in _patterns(flat.lower()):
        for version in (text, flat):
            spans += [match.span() for match in pattern.finditer(version)]
    parts: list[str] = []
    position = 0
    for start, end in sorted(spans):
        if start >= position:
            parts.append(text[position : max(position, _sentence_start(text, start))])
        if end > position:
            position = _orders_end(text, end)
    parts.append(text[position:])
    return "".join(parts)


def _sentence_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at + 1) for mark in ("\n", *_MARKS)) + 1


def _orders_end(text: str, at: int) -> int:
    """Return where the orders end: with their line, or with the last one of lines that were wrapped."""
    lengths = sorted(len(line) for line in text.split("\n") if len(line) in _WRAPPED)
    longest = lengths[-2] if len(lengths) > 1 else _LONGEST  # one long line alone was not wrapped
    last = min(len(text), at + _LONGEST)
    while (end := text.find("\n", at, last)) >= 0:
        line, following = text[text.rfind("\n", 0, end) + 1 : end].rstrip(), text[end + 1 :].partition("\n")[0]
        if not _goes_on(line, following, longest):
            return end
        at = end + 1
    return last if last == len(text) else _next_sentence(text, last)


def _goes_on(line: str, following: str, longest: int) -> bool:
    """Tell whether a line was wrapped: the next line's first word had no room in it."""
    if len(line) not in _WRAPPED or not following.strip() or following.lstrip()[0] in "-*–▪•":
        return False
    width = longest * (_SURELY_FULL if line[-1] in _MARKS else _FULL)
    return len(line) + len(following.split()[0]) >= width


def _next_sentence(text: str, at: int) -> int:
    places = [text.find(mark, at) for mark in ("\n", *_MARKS)]
    return min((place for place in places if place >= 0), default=len(text))
