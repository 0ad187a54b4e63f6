"""Spoken languages by the names they carry in each other, and the words for how well one is spoken."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from shared.vocabulary.text import plain

_NAMES: Final = """
english: english, englisch, anglais, inglés, ingles, inglês, inglese, angielski, ingilizce, английский, англійська,
  αγγλικά, الإنجليزية, الانجليزية, انجليزي, إنجليزية, אנגלית, अंग्रेज़ी, अंग्रेजी, इंग्लिश, 英语, 英文, 英語, 영어,
  tiếng anh, engels, engelska, engelsk, englanti, angličtina, engleza, engleski, angol
german: german, deutsch, allemand, alemán, aleman, alemão, tedesco, niemiecki, almanca, немецкий, німецька,
  γερμανικά, الألمانية, גרמנית, जर्मन, 德语, 德文, 独语, ドイツ語, 독일어, tiếng đức, duits, tyska, tysk, saksa,
  němčina, nemčina, germană, njemački, német
french: french, französisch, français, francés, frances, francês, francese, francuski, fransızca, французский,
  французька, γαλλικά, الفرنسية, צרפתית, फ़्रेंच, फ्रेंच, 法语, 法文, フランス語, 프랑스어, 불어, tiếng pháp, frans,
  franska, fransk, ranska, francouzština, franceză, francia
spanish: spanish, spanisch, espagnol, español, espanol, castellano, espanhol, spagnolo, hiszpański, ispanyolca,
  испанский, іспанська, ισπανικά, الإسبانية, ספרדית, स्पेनिश, 西班牙语, スペイン語, 스페인어, tiếng tây ban nha,
  spaans, spanska, spansk, espanja, španělština, spaniolă, spanyol
portuguese: portuguese, portugiesisch, portugais, portugués, português, portoghese, portugalski, portekizce,
  португальский, πορτογαλικά, البرتغالية, פורטוגזית, पुर्तगाली, 葡萄牙语, ポルトガル語, 포르투갈어,
  tiếng bồ đào nha, portugees, portugisiska
italian: italian, italienisch, italien, italiano, włoski, italyanca, итальянский, італійська, ιταλικά, الإيطالية,
  איטלקית, इतालवी, 意大利语, イタリア語, 이탈리아어, tiếng ý, italiaans, italienska, italština, olasz
polish: polish, polnisch, polonais, polaco, polonês, polacco, polski, lehçe, польский, польська, πολωνικά,
  البولندية, פולנית, पोलिश, 波兰语, ポーランド語, 폴란드어, tiếng ba lan, pools, polska, polština, lengyel
turkish: turkish, türkisch, turc, turco, turecki, türkçe, турецкий, τουρκικά, التركية, טורקית, तुर्की, 土耳其语,
  トルコ語, 터키어, tiếng thổ nhĩ kỳ, turks
russian: russian, russisch, russe, ruso, russo, rosyjski, rusça, русский, російська, ρωσικά, الروسية, רוסית, रूसी,
  俄语, ロシア語, 러시아어, tiếng nga, ryska, ruština, rusă, orosz
ukrainian: ukrainian, ukrainisch, ukrainien, ucraniano, ucraino, ukraiński, украинский, українська, ουκρανικά,
  אוקראינית, 乌克兰语
greek: greek, griechisch, grec, griego, grego, greco, grecki, yunanca, греческий, ελληνικά, اليونانية, יוונית,
  希腊语, ギリシャ語
arabic: arabic, arabisch, arabe, árabe, arabo, arabski, arapça, арабский, αραβικά, العربية, عربي, ערבית, अरबी,
  阿拉伯语, アラビア語, 아랍어, tiếng ả rập
hebrew: hebrew, hebräisch, hébreu, hebreo, hebraico, ebraico, hebrajski, ibranice, иврит, εβραϊκά, العبرية, עברית,
  希伯来语, ヘブライ語
hindi: hindi, hindou, хинди, χίντι, الهندية, הינדי, हिन्दी, हिंदी, 印地语, ヒンディー語, 힌디어, tiếng hindi, hintçe
chinese: chinese, mandarin, cantonese, chinesisch, chinois, chino, chinês, cinese, chiński, çince, китайский,
  κινεζικά, الصينية, סינית, चीनी, 中文, 汉语, 普通话, 粤语, 國語, 中国語, 중국어, tiếng trung, chinees, kinesiska,
  漢語
japanese: japanese, japanisch, japonais, japonés, japonês, giapponese, japoński, japonca, японский, ιαπωνικά,
  اليابانية, יפנית, जापानी, 日语, 日文, 日本語, 일본어, tiếng nhật, japans, japanska
korean: korean, koreanisch, coréen, coreano, koreański, korece, корейский, κορεατικά, الكورية, קוריאנית, कोरियाई,
  韩语, 韓国語, 한국어, tiếng hàn, koreaans
vietnamese: vietnamese, vietnamesisch, vietnamien, vietnamita, wietnamski, vietnamca, вьетнамский, βιετναμέζικα,
  越南语, ベトナム語, 베트남어, tiếng việt
dutch: dutch, niederländisch, holländisch, néerlandais, neerlandés, holandés, holandês, olandese, niderlandzki,
  felemenkçe, hollandaca, нидерландский, голландский, ολλανδικά, הולנדית, 荷兰语, オランダ語, 네덜란드어, nederlands
swedish: swedish, schwedisch, suédois, sueco, svedese, szwedzki, isveççe, шведский, svenska, 瑞典语
norwegian: norwegian, norwegisch, norvégien, noruego, norweski, норвежский, norsk, bokmål
danish: danish, dänisch, danois, danés, duński, датский, dansk
finnish: finnish, finnisch, finnois, finlandés, fiński, финский, suomi
czech: czech, tschechisch, tchèque, checo, czeski, чешский, čeština, český
slovak: slovak, slowakisch, slovaque, eslovaco, słowacki, словацкий, slovenčina
hungarian: hungarian, ungarisch, hongrois, húngaro, węgierski, венгерский, magyar
romanian: romanian, rumänisch, roumain, rumano, rumuński, румынский, română
bulgarian: bulgarian, bulgarisch, bulgare, búlgaro, bułgarski, болгарский, български
serbian: serbian, serbisch, serbe, serbio, serbski, сербский, srpski, српски
croatian: croatian, kroatisch, croate, croata, chorwacki, хорватский, hrvatski
persian: persian, farsi, persisch, persan, persa, perski, farsça, персидский, فارسی, الفارسية, פרסית, dari
urdu: urdu, ourdou, اردو, उर्दू
others: bengali, bangla, বাংলা, बंगाली, tamil, தமிழ், तमिल, telugu, तेलुगु, marathi, मराठी, gujarati, गुजराती,
  punjabi, पंजाबी, kannada, कन्नड़, malayalam, sanskrit, संस्कृत, indonesian, bahasa indonesia, malay, tagalog,
  filipino, thai, ไทย, tiếng thái, swahili, amharic, yoruba, igbo, hausa, zulu, afrikaans, catalan, català,
  katalanisch, catalán, basque, euskera, galician, gallego, galego, latin, latein, irish, gaeilge, welsh, cymraeg,
  scottish gaelic, estonian, latvian, lithuanian, litauisch, slovenian, albanian, shqip, macedonian, bosnian,
  armenian, georgian, azerbaijani, kazakh, казахский, uzbek, узбекский, belarusian, белорусский, mongolian, nepali,
  sinhala, khmer, burmese, lao, esperanto, sign language, yiddish, kurdish, kurmancî, kürtçe, pashto, icelandic,
  maltese, luxembourgish, lëtzebuergesch
"""
_KNOWN: Final = {
    plain(name): line.partition(": ")[0]
    for line in _NAMES.strip().replace("\n  ", " ").splitlines()
    for name in line.partition(": ")[2].split(",")
    if name.strip()
}
_FILLER: Final = re.compile(r"^(?:język|lengua|langue)\s+|\s+(?:язык|language|dili|γλώσσα|भाषा)$", re.I)
_LEVEL: Final = re.compile(
    r"""(?<!\w)(?:[abc][12]\+?(?!\w)|n[1-5](?!\w)|native\w*|mother\w*|muttersprach\w*
    |langue\ maternelle|matern\w*|nativ\w*
    |madrelingua|ojczysty|ana\ ?dil\w*|родной|рідна|μητρική|اللغة\ الأم|שפת\ אם|मातृभाषा|母语|母語|모국어|bản\ ngữ
    |bilingu\w*
    |zweisprachig|fluent\w*|fließend|verhandlungssicher|courant|fluid\w*|płynn\w*|biegł\w*|akıcı|свободно\w*|άπταιστα
    |流利|流暢|유창|thành\ thạo
    |advanced|ileri|avanzad\w*|avançad\w*|avancé\w*|zaawansowan\w*|продвинут\w*|business
    |ビジネス|비즈니스
    |intermed\w*|intermédiaire|mittel\w*|średni\w*|orta|средн\w*|中级|中級|중급|trung\ cấp|basic\w*
    |grundkenntnisse|básic\w*|notions|scolaire|élémentaire|elementar\w*|podstaw\w*|temel
    |базов\w*|начальн\w*|日常会話
    |基础|初级|초급|cơ\ bản|conversation\w*|konversation\w*|proficient|working|professional|full|upper|beginner|anfänger
    |gut\w*|sehr\ gut|bueno|bom|toefl|ielts|toeic|jlpt|hsk|cefr)""",
    re.I | re.X,
)


@lru_cache(maxsize=4096)
def is_language(text: str) -> bool:
    """Whether the text is the name of a spoken language, in any of our languages."""
    low = plain(text)
    return low in _KNOWN or plain(_FILLER.sub("", text)) in _KNOWN


def says_level(text: str) -> bool:
    """Whether the text says how well something is spoken: `fluent`, `C1`, `Muttersprache`."""
    return _LEVEL.search(text) is not None
