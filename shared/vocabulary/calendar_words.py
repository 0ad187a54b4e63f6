"""How months, open ends and spans of time are called in the languages CVs are written in."""

from __future__ import annotations

from typing import Final

from shared.vocabulary.text import plain

# One line a month; compared by `plain`, a full stop behind a short form is no part of it.
_MONTHS: Final = """
january jan januar jänner jän janvier janv enero ene gennaio gen janeiro styczeń stycznia sty styczen ocak oca
  январь января янв січень січня ιανουάριος ιανουαρίου ιαν يناير كانون_الثاني ינואר ינו जनवरी जन januari leden ledna
  január ianuarie ian siječanj tammikuu
february feb februar februari février févr fév fevrier febrero febbraio fevereiro fev luty lutego lut şubat şub
  февраль февраля фев февр лютий лютого φεβρουάριος φεβρουαρίου φεβ فبراير شباط פברואר פבר फरवरी फ़रवरी फर februarie
  únor února február helmikuu
march mar märz mär maerz mrz mars marzo março marzec marca marzo mart март марта мар березень березня μάρτιος
  μαρτίου μαρ مارس آذار מרץ מרס मार्च maart březen března marec martie maaliskuu március
april apr avril avr abril abr aprile kwiecień kwietnia kwi nisan nis апрель апреля апр квітень квітня απρίλιος
  απριλίου απρ أبريل ابريل إبريل نيسان אפריל אפר अप्रैल duben dubna apríl aprilie huhtikuu április
may mai mayo maggio mag maio maj maja mayıs май мая травень травня μάιος μαΐου μαϊ مايو أيار מאי मई mei maj květen
  května máj toukokuu május
june jun juni juin junio giugno giu junho czerwiec czerwca cze haziran haz июнь июня июн червень червня ιούνιος
  ιουνίου ιουν يونيو يونيه حزيران יוני יונ जून červen června jún iunie kesäkuu június
july jul juli juillet juil julio luglio lug julho lipiec lipca lip temmuz tem июль июля июл липень липня ιούλιος
  ιουλίου ιουλ يوليو يوليه تموز יולי יול जुलाई červenec července júl iulie heinäkuu július
august aug août aout agosto ago sierpień sierpnia sie ağustos ağu август августа авг серпень серпня αύγουστος
  αυγούστου αυγ أغسطس اغسطس آب אוגוסט אוג अगस्त augustus srpen srpna elokuu augusztus
september sept sep septembre septiembre settembre set setembro wrzesień września wrz eylül eyl сентябрь сентября сен
  сент вересень вересня σεπτέμβριος σεπτεμβρίου σεπ σεπτ سبتمبر أيلول ספטמבר ספט सितंबर सितम्बर září septembrie
  syyskuu szeptember
october oct oktober okt octobre octubre ottobre ott outubro out październik października paź ekim eki октябрь
  октября окт жовтень жовтня οκτώβριος οκτωβρίου οκτ أكتوبر اكتوبر تشرين_الأول אוקטובר אוק अक्टूबर अक्तूबर říjen
  října októbra octombrie lokakuu október
november nov novembre noviembre novembro listopad listopada lis kasım kas ноябрь ноября ноя нояб листопад листопада
  νοέμβριος νοεμβρίου νοε νοεμ نوفمبر تشرين_الثاني נובמבר נוב नवंबर नवम्बर noiembrie marraskuu
december dec dezember dez décembre déc diciembre dic dicembre dezembro grudzień grudnia gru aralık ara декабрь
  декабря дек грудень грудня δεκέμβριος δεκεμβρίου δεκ ديسمبر كانون_الأول דצמבר דצמ दिसंबर दिसम्बर prosinec prosince
  decembrie joulukuu
"""
_OPEN: Final = """
present, presently, current, currently, now, ongoing, today, to date, till now, until now, till date, to present,
date, current role, the present, present day, heute, aktuell, derzeit, laufend, jetzt, gegenwart, gegenwärtig,
bis heute, dato, bis dato, andauernd, présent, actuel, actuellement, aujourd'hui, aujourd’hui, en cours, ce jour,
à ce jour, maintenant, en poste, jusqu'à présent, poste actuel, actual, actualidad, la actualidad, actualmente,
la fecha, hoy, ahora, en curso, presente, al presente, el presente, puesto actual, oggi, data attuale, ad oggi, attuale,
attualmente, in corso, atual, atualmente, hoje, o momento, momento, o presente, data atual, em curso, em andamento,
até o momento, cargo atual, obecnie, nadal, teraz, do dziś, dziś, chwili obecnej, do chwili obecnej, do teraz,
aktualnie, bugün, halen, devam ediyor, devam, günümüz, şu an, halen devam, şimdi, hâlen, по настоящее время,
настоящее время, по н.в, н.в, сейчас, наст. время, наст. вр, по сей день, сегодня, до настоящего времени,
нынешнее время, текущее время, теперішній час, дотепер, до сьогодні, по теперішній час, наразі, σήμερα,
μέχρι σήμερα, έως σήμερα, τώρα, παρόν, έως και σήμερα, حتى الآن, الآن, الى الآن, إلى الآن, حاليا, حالياً, الحاضر,
حتى تاريخه, مستمر, الوقت الحاضر, حتى اليوم, اليوم, היום, עד היום, כיום, הווה, נוכחי, כעת, עכשיו, वर्तमान, अब तक, अब,
आज तक, वर्तमान तक, अभी तक, जारी, आज, 至今, 现在, 目前, 今, 迄今, 現今, 現在, 現在に至る, 在職中, 在籍中, 現職,
継続中, 今日まで, 현재, 재직중, 재직 중, 현재까지, 지금, 현재 재직 중, 진행 중, hiện tại, nay, hiện nay, bây giờ,
đến nay, đang làm, heden, nu, tot heden, nuvarande, pågående, nåværende, dags dato, nykyinen, nyt, dosud,
současnost, nyní, súčasnosť, doteraz, prezent, în prezent, danas, sada, jelen, jelenleg, máig
"""
_TO: Final = """
to until till through thru bis à au a al ad fino_a alla até ate hasta do по до έως ως μέχρι إلى الى حتى עד से đến tới
から 부터 tot til till ile și à_ce
"""
_SINCE: Final = """
since, from, seit, ab, depuis, dès, desde, a partir de, dal, da, od, с, со, από, منذ, من, מאז, מ, từ, sinds, sedan,
fra, siden, alkaen, 自, 自从
"""
_UNITS: Final = """
year years yr yrs month months mo mos y m jahr jahre jahren monat monate monaten an ans mois año años mes
meses ano anos mês anno anni mese mesi rok lata lat miesiąc miesiące miesięcy yıl ay год года лет месяц месяца
месяцев мес г рік роки років वर्ष साल महीना महीने माह місяць місяці місяців έτος έτη χρόνια μήνας μήνες سنة
سنوات سنتان شهر أشهر שנה שנים חודש חודשים वर्ष साल महीना महीने माह 年 个月 個月 か月 ヶ月 カ月 月 년 개월 năm
tháng jaar maand maanden år månader and und et y e i и
"""
_SEASONS: Final = """
spring, summer, fall, autumn, winter, frühling, frühjahr, sommer, herbst, printemps, été, automne, hiver, primavera,
verano, otoño, invierno, verão, outono, inverno, estate, autunno, q1, q2, q3, q4
"""


def _phrases(text: str) -> frozenset[str]:
    return frozenset(plain(phrase) for phrase in text.replace("\n", " ").split(",") if phrase.strip())


def _months() -> dict[str, int]:
    lines = _MONTHS.strip().replace("\n  ", " ").splitlines()
    table: dict[str, int] = {}
    for number, names in enumerate(lines, 1):
        for name in names.split():
            table.setdefault(plain(name.replace("_", " ")), number)
    return table


MONTHS: Final = _months()  # as `plain` folds them
OPEN_ENDS: Final = _phrases(_OPEN)
SINCE: Final = _phrases(_SINCE)
UNITS: Final = frozenset(plain(word) for word in _UNITS.split())
TO: Final = frozenset(plain(word.replace("_", " ")) for word in _TO.split())
SEASONS: Final = _phrases(_SEASONS)
