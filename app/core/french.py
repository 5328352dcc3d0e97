"""How is it said in French? Dates against today, plurals, typography, names and numbers of identification."""

import re
from datetime import date, datetime

import phonenumbers
from markupsafe import Markup

from app.core.clock import PARIS, civil_day
from app.core.quantities import NBSP, WEEKDAYS, format_date, format_day, format_number

_BEFORE = re.compile(r"[ \u202f](?=[:;?!%€»](?!\w))|(?<=«)[ \u202f]")
_UNIT = re.compile(r"(?<=\d) (?=(?:h|min|km|m²|Mo|mois|ans?|jours?|semaines?)\b)")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
_STOPS = frozenset({"de", "du", "des", "à", "au", "aux", "en", "par", "pour", "sans", "avec", "sur", "dans"})


def as_day(moment: date | datetime) -> date:
    """The civil day in Paris of an instant; a date stays itself."""
    return civil_day(moment) if isinstance(moment, datetime) else moment


def date_words(moment: date | datetime, today: date | None = None) -> str:
    """« jeudi 5 novembre 2026 »; within the year of ``today``, « jeudi 5 novembre »."""
    day = as_day(moment)
    words = format_date(day)
    return words.removesuffix(f" {day.year}") if today and today.year == day.year else words


def clock_time(moment: datetime) -> str:
    """« 9 h 41 », « 14 h »."""
    local = moment.astimezone(PARIS)
    minutes = f"{NBSP}{local.minute:02}" if local.minute else ""
    return f"{local.hour}{NBSP}h{minutes}"


def instant_words(moment: datetime, today: date | None = None) -> str:
    """« jeudi 5 novembre 2026 à 9 h 41 », in Paris."""
    return f"{date_words(moment, today)} à {clock_time(moment)}"


def plural(count: int | float, one: str, many: str | None = None) -> str:
    """« 3 personnes prêtes »; below two French stays singular. Words after a preposition do not change."""
    number = format_number(count) if isinstance(count, int) else f"{count:g}".replace(".", ",")
    return f"{number}{NBSP}{one if abs(count) < 2 else many or _plural_of(one)}"


def _plural_of(phrase: str) -> str:
    words = phrase.split(" ")
    for rank, word in enumerate(words):
        if word in _STOPS or word.startswith(("d’", "d'", "l’", "l'")):
            break
        words[rank] = _plural_word(word)
    return " ".join(words)


def _plural_word(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return f"{word[:-1]}ux"
    return f"{word}x" if word.endswith(("eau", "eu")) else f"{word}s"


def ago(moment: date | datetime, today: date) -> str:
    """« aujourd’hui », « hier », « il y a 3 jours », « il y a 2 mois », « demain », « dans 14 jours »."""
    days = (today - as_day(moment)).days
    near = {0: "aujourd’hui", 1: "hier", 2: "avant-hier", -1: "demain", -2: "après-demain"}
    if days in near:
        return near[days]
    count = abs(days)
    if count < 60:
        amount = plural(count, "jour")
    elif count < 730:
        amount = f"{count * 12 // 365}{NBSP}mois"
    else:
        amount = plural(count // 365, "an")
    return f"il y a {amount}" if days > 0 else f"dans {amount}"


def spaced(text: str) -> str:
    """Non-breaking spaces before ``: ; ? ! % €`` and units, inside « »; nothing else changes, so markup may pass."""
    return _UNIT.sub(NBSP, _BEFORE.sub(NBSP, text))


def nbsp(text: str) -> str:
    """Non-breaking spaces where French wants them: before ``: ; ? ! % €``, inside « », before units; ’ for '."""
    fixed = _THOUSANDS.sub(NBSP, spaced(str(text)))
    if isinstance(text, Markup):
        return Markup(fixed)  # noqa: S704 - it was markup already, only spaces changed
    return re.sub(r"(?<=\w)'(?=\w)", "’", fixed)


def initials(name: str) -> str:
    """« Nadia Kaddour » → « NK », « Jean-Marc Le Goff » → « JG ». At most two letters."""
    words = [word for word in name.split() if word[0].isalpha()]
    ends = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper()


def phone(number: str | None) -> str:
    """« +33199001234 » → « 01 99 00 12 34 »; a foreign number keeps its prefix; nonsense is shown as it is."""
    try:
        parsed = phonenumbers.parse(number or "", "FR")
    except phonenumbers.NumberParseException:
        return number or ""
    style = phonenumbers.PhoneNumberFormat
    at_home = parsed.country_code == 33
    return phonenumbers.format_number(parsed, style.NATIONAL if at_home else style.INTERNATIONAL).replace(" ", NBSP)


def phone_link(number: str | None) -> str:
    """What follows ``tel:``: digits, and a plus in front of a foreign or international number."""
    return re.sub(r"[^\d+]", "", number or "")


def siret(number: str | None) -> str:
    """« 26910012300018 » → « 269 100 123 00018 »; anything else is shown as it is."""
    digits = re.sub(r"\s", "", number or "")
    if not re.fullmatch(r"\d{14}", digits):
        return number or ""
    return NBSP.join((digits[:3], digits[3:6], digits[6:9], digits[9:]))


def day_words(moment: date | datetime) -> str:
    """« 5 novembre 2026 », without the day of the week."""
    return format_day(as_day(moment))


def weekday(moment: date | datetime) -> str:
    """« jeudi »."""
    return WEEKDAYS[as_day(moment).weekday()]
