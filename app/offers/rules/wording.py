"""Does an offer say a word that the law forbids or that sends people away? The list is data, with better words.

Code du travail, art. L1132-1 (criteria) and L5321-2 (offers). A word found warns; a human decides.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Criterion(StrEnum):
    """What the words select by."""

    AGE = "age"
    SEX = "sex"
    ORIGIN = "origin"
    FAMILY = "family"
    APPEARANCE = "appearance"
    HEALTH = "health"
    BELIEF = "belief"
    RESIDENCE = "residence"


@dataclass(frozen=True, slots=True)
class Word:
    """A pattern over the text without accents or capitals, and what to write instead."""

    criterion: Criterion
    pattern: str
    better: str


@dataclass(frozen=True, slots=True)
class FoundWord:
    """The words as they stand in the offer."""

    criterion: Criterion
    text: str
    better: str


_AGE, _SEX, _ORIGIN, _FAMILY = Criterion.AGE, Criterion.SEX, Criterion.ORIGIN, Criterion.FAMILY
_LOOKS, _HEALTH, _BELIEF, _HOME = Criterion.APPEARANCE, Criterion.HEALTH, Criterion.BELIEF, Criterion.RESIDENCE
_MOTIVATED = "personne motivée"
_NO_AGE = "retirez l’âge, demandez une expérience ou un titre"
_BOTH = "ouvert aux femmes et aux hommes (H/F)"
_PAPERS = "retirez cette demande, l’autorisation de travail se vérifie à l’embauche"
_NO_FAMILY = "retirez la situation de famille, donnez les horaires"
_OUTFIT = "tenue de travail fournie, ou règles d’hygiène à respecter"
_EFFORT = "décrivez l’effort : porter 10 kg, rester debout"
_ACCESS = "donnez les horaires et l’accès en transports, la personne jugera du trajet"

WORDS: Final[tuple[Word, ...]] = (
    Word(_AGE, r"jeunes? et dynamiques?", _MOTIVATED),
    Word(_AGE, r"jeunes? (diplomee?s?|equipes?|collegues?|collaborat\w+|candidate?s?|retraitee?s?)", _MOTIVATED),
    Word(_AGE, r"(equipe|profil|personne|candidate?)s? (tres )?jeunes?", _MOTIVATED),
    Word(_AGE, r"(profil|candidate?|collaborat\w+)s? seniors?", "personne expérimentée"),
    Word(_AGE, r"(?<!enfants )(agee?s? )?(de )?(moins|plus) de \d{2} ans(?! d)", _NO_AGE),
    Word(_AGE, r"(?<!enfants )(agee?s? )?(de|entre) \d{2} (a|et) \d{2} ans", _NO_AGE),
    Word(_AGE, r"(limite d.age|age (maxi\w*|mini\w*|limite|souhaite|ideal))", _NO_AGE),
    Word(_AGE, r"(ideal|convient|bienvenue?|pour) (a |aux |un |une |les )*retraitee?s?", _MOTIVATED),
    Word(_AGE, r"(digital native|generation [xyz])", "à l’aise avec les outils numériques"),
    Word(_SEX, r"(femmes?|dames?) de menage", "agent d’entretien (H/F)"),
    Word(_SEX, r"femmes? de chambre", "employé d’étage (H/F)"),
    Word(_SEX, r"hommes? (a tout faire|toutes? mains?|d.entretien|de menage|de peine)", "agent polyvalent (H/F)"),
    Word(_SEX, r"jeunes? (femmes?|hommes?|filles?|garcons?)", _MOTIVATED),
    Word(_SEX, r"(uniquement|seulement|exclusivement) (une |un |des |les )?(femmes?|hommes?)", _BOTH),
    Word(_SEX, r"(femmes?|hommes?) (uniquement|seulement|exclusivement|souhaitee?s?|recherchee?s?)", _BOTH),
    Word(_SEX, r"(cherche|recherche|recrute|recrutons|recherchons|cherchons) (une?|des) (femme|homme|dame)s?", _BOTH),
    Word(_SEX, r"de preference (une?|des)? ?(femmes?|hommes?|dames?|feminine?|masculine?)", _BOTH),
    Word(_SEX, r"(reservee?|destinee?)s? (aux|a des) (femmes|hommes|dames)", _BOTH),
    Word(_SEX, r"(profil|candidature|sexe|personnel)s? (feminin|masculin)e?s?", _BOTH),
    Word(_SEX, r"(?<!hote )(?<!hote/)(?<!hote ou )(?<!hote / )hotesses?", "hôte ou hôtesse (H/F)"),
    Word(_SEX, r"barmaids?", "barman ou barmaid (H/F)"),
    Word(_ORIGIN, r"nationalites?( \w+aise)?", _PAPERS),
    Word(_ORIGIN, r"(francaise?s?|europeenn?e?s?) de souche", _PAPERS),
    Word(_ORIGIN, r"d.origine (?!control|biolog|veget|anim|francaise? control)\w+", _PAPERS),
    Word(_ORIGIN, r"(type|physique) (europeen|africain|asiatique|maghrebin|caucasien)", _PAPERS),
    Word(_ORIGIN, r"(carte d.identite|passeport|papiers) francaise?s?", _PAPERS),
    Word(_ORIGIN, r"(francais )?langue maternelle", "donnez un niveau de français et sa raison"),
    Word(_ORIGIN, r"sans (aucun )?accents?", "donnez un niveau de français et sa raison"),
    Word(_FAMILY, r"(sans|pas d.) ?enfants?(?! (accuei|gard|presen|inscr))", _NO_FAMILY),
    Word(_FAMILY, r"celibataires?", _NO_FAMILY),
    Word(_FAMILY, r"(non )?mariee?s?", _NO_FAMILY),
    Word(_FAMILY, r"situation (familiale|de famille|matrimoniale)", _NO_FAMILY),
    Word(_FAMILY, r"(sans|pas de|aucune) (contraintes?|obligations?|charges?) (familiales?|de famille)", _NO_FAMILY),
    Word(_FAMILY, r"(femmes? )?enceintes?(?! sportive| scolaire| de )", _NO_FAMILY),
    Word(_LOOKS, r"(tres )?(bonne|excellente|parfaite|belle) presentation", _OUTFIT),
    Word(_LOOKS, r"(physique (agreable|avantageux|soigne)|(belle )?apparence( physique)?)", _OUTFIT),
    Word(_LOOKS, r"(avec photo|photo (obligatoire|exigee|demandee|souhaitee))", "retirez la photo"),
    Word(_LOOKS, r"(sans |pas de )?(tatouages?|piercings?)", _OUTFIT),
    Word(_LOOKS, r"(taille mannequin|silhouette|minces?)", _OUTFIT),
    Word(_HEALTH, r"(bonne|excellente|parfaite) (condition|forme|constitution) physique", _EFFORT),
    Word(_HEALTH, r"(en )?(bonne|excellente|parfaite) sante", _EFFORT),
    Word(_HEALTH, r"(non |pas de |sans )(handicap\w*|maladies?|probleme\w* de (dos|sante))", _EFFORT),
    Word(_BELIEF, r"(catholiques?|musulmane?s?|chretienn?e?s?|voilees?|de confession \w+)", "retirez la croyance"),
    Word(_BELIEF, r"(non |pas )syndiquee?s?", "retirez l’opinion"),
    Word(_HOME, r"habit(ant|er|e)s? (a|au|aux|dans|sur|pres|le|la|les)", _ACCESS),
    Word(_HOME, r"(resid(ant|er|e)|domiciliee?)s? (a|au|aux|dans|sur|pres|le|la|les)", _ACCESS),
)
_PATTERNS: Final = tuple((word, re.compile(rf"(?<!\w)(?:{word.pattern})(?!\w)")) for word in WORDS)


def found_words(text: str) -> tuple[FoundWord, ...]:
    """Every forbidden or risky phrase, in the order of the text, each once, as it was written."""
    flat, at = _flattened(text)
    spans: list[tuple[int, int, Word]] = []
    for word, pattern in _PATTERNS:
        for match in pattern.finditer(flat):
            if not any(start < match.end() and match.start() < end for start, end, _ in spans):
                spans.append((match.start(), match.end(), word))
    spans.sort(key=lambda span: span[0])
    found: dict[str, FoundWord] = {}
    for start, end, word in spans:
        phrase = text[at[start] : at[end - 1] + 1].strip()
        found.setdefault(phrase.casefold(), FoundWord(word.criterion, phrase, word.better))
    return tuple(found.values())


def _flattened(text: str) -> tuple[str, list[int]]:
    """Without accents, capitals, double spaces; and for each character left, where it stood in the text."""
    flat: list[str] = []
    at: list[int] = []
    for place, char in _plain(text):
        if char.isspace():
            char = " "
            if flat and flat[-1] == " ":
                continue
        flat.append(char)
        at.append(place)
    return "".join(flat), at


def _plain(text: str) -> Iterator[tuple[int, str]]:
    for place, char in enumerate(text):
        for letter in unicodedata.normalize("NFKD", char.casefold()):
            if not unicodedata.combining(letter):
                yield place, letter
