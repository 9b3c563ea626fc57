"""What is wrong with answers to a survey, in the languages of the surveys that ship; in English for all others."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from dashboard.counting import Problem
from dashboard.selection import shortened
from dashboard.surveys.questions import Survey

FAULTS: Mapping[str, Mapping[str, str]] = {
    "no question": {
        "en": "{key} is no question of this survey.",
        "fr": "{key} n’est pas une question de cette enquête.",
        "es": "{key} no es una pregunta de esta encuesta.",
    },
    "needed": {
        "en": "Please answer this question; it is needed.",
        "fr": "Veuillez répondre à cette question\N{NO-BREAK SPACE}; la réponse est obligatoire.",
        "es": "Responda a esta pregunta; es obligatoria.",
    },
    "no table": {
        "en": "This is not a table.",
        "fr": "Ceci n’est pas un tableau.",
        "es": "Esto no es un cuadro.",
    },
    "no row": {
        "en": "{row} is no row of this table.",
        "fr": "{row} n’est pas une ligne de ce tableau.",
        "es": "{row} no es una fila de este cuadro.",
    },
    "other columns": {
        "en": "This row has columns that the table does not have.",
        "fr": "Cette ligne comporte des colonnes qui ne figurent pas dans le tableau.",
        "es": "Esta fila tiene columnas que no figuran en el cuadro.",
    },
    "choose": {
        "en": "Please choose from the answers offered.",
        "fr": "Veuillez choisir parmi les réponses proposées.",
        "es": "Elija entre las respuestas que se ofrecen.",
    },
    "not offered": {
        "en": "{answer} is none of the answers offered; please choose one of these.",
        "fr": "{answer} ne figure pas parmi les réponses proposées\N{NO-BREAK SPACE}; veuillez choisir l’une d’elles.",
        "es": "{answer} no está entre las respuestas que se ofrecen; elija una de ellas.",
    },
    "alone": {
        "en": "“{answer}” excludes the other answers; please choose it alone, or leave it out.",
        "fr": "«\N{NO-BREAK SPACE}{answer}\N{NO-BREAK SPACE}» exclut les autres réponses\N{NO-BREAK SPACE}; veuillez "
        "choisir cette réponse seule, ou ne pas la choisir.",
        "es": "«{answer}» excluye las demás respuestas; elíjala sola, o no la elija.",
    },
    "one": {
        "en": "Please choose one answer alone.",
        "fr": "Veuillez choisir une seule réponse.",
        "es": "Elija una sola respuesta.",
    },
    "twice": {
        "en": "An answer is given twice; please give each once.",
        "fr": "Une réponse est donnée deux fois\N{NO-BREAK SPACE}; veuillez donner chacune une seule fois.",
        "es": "Una respuesta figura dos veces; indique cada una una sola vez.",
    },
    "digits": {
        "en": "Please write a number of {unit} in digits, such as 12.5.",
        "fr": "Veuillez écrire un nombre ({unit}) en chiffres, avec un point, par exemple 12.5.",
        "es": "Escriba un número ({unit}) en cifras, con un punto, por ejemplo 12.5.",
    },
    "below": {
        "en": "{answer} is below {least} {unit}, the least that this can be.",
        "fr": "{answer} est inférieur à {least} ({unit}), le minimum possible.",
        "es": "{answer} es inferior a {least} ({unit}), el mínimo posible.",
    },
    "above": {
        "en": "{answer} is above {most} {unit}, the most that this can be.",
        "fr": "{answer} est supérieur à {most} ({unit}), le maximum possible.",
        "es": "{answer} es superior a {most} ({unit}), el máximo posible.",
    },
    "no amount": {
        "en": "An amount holds a figure, its scale, its currency and its years.",
        "fr": "Un montant comprend un chiffre, son échelle, sa monnaie et ses années.",
        "es": "Un importe consta de una cifra, su escala, su moneda y sus años.",
    },
    "amount": {
        "en": "Please write the amount in digits, such as 12.5; an amount paid back is not asked.",
        "fr": "Veuillez écrire le montant en chiffres, avec un point, par exemple 12.5\N{NO-BREAK SPACE}; les "
        "remboursements ne sont pas demandés.",
        "es": "Escriba el importe en cifras, con un punto, por ejemplo 12.5; no se preguntan los reembolsos.",
    },
    "scale": {
        "en": "Please say whether the figure is in units, thousand, million or billion.",
        "fr": "Veuillez indiquer si le chiffre est en unités, milliers, millions ou milliards.",
        "es": "Indique si la cifra está en unidades, miles, millones o miles de millones.",
    },
    "currency": {
        "en": "Please name the currency by its three letters, such as EUR.",
        "fr": "Veuillez désigner la monnaie par ses trois lettres, par exemple EUR.",
        "es": "Indique la moneda con sus tres letras, por ejemplo EUR.",
    },
    "year": {
        "en": "Please give a year from {since} to {until}.",
        "fr": "Veuillez indiquer une année de {since} à {until}.",
        "es": "Indique un año, de {since} a {until}.",
    },
    "years": {
        "en": "The years end ({until}) before they begin ({since}).",
        "fr": "La période se termine ({until}) avant de commencer ({since}).",
        "es": "El período termina ({until}) antes de empezar ({since}).",
    },
    "words": {
        "en": "Please answer in words.",
        "fr": "Veuillez répondre par un texte.",
        "es": "Responda con un texto.",
    },
    "long": {
        "en": "This has {many} characters; {most} is the most. Please shorten it.",
        "fr": "Ce texte compte {many} caractères\N{NO-BREAK SPACE}; le maximum est de {most}. Veuillez l’abréger.",
        "es": "Este texto tiene {many} caracteres; el máximo es {most}. Abrévielo.",
    },
    "unseen": {
        "en": "This holds signs that cannot be seen; please write it without them.",
        "fr": "Ce texte contient des signes invisibles\N{NO-BREAK SPACE}; veuillez l’écrire sans eux.",
        "es": "Este texto contiene signos invisibles; escríbalo sin ellos.",
    },
    "no document": {
        "en": "This is no document that was uploaded here.",
        "fr": "Ce n’est pas un document déposé ici.",
        "es": "No es un documento que se haya cargado aquí.",
    },
    "meanwhile": {
        "en": "Somebody else has answered this meanwhile; what they wrote is shown with it. Yours stands in the "
        "fields: change it, or send it again to put it in the place of theirs.",
        "fr": "Une autre personne y a répondu entre-temps\N{NO-BREAK SPACE}; sa réponse est affichée à côté. La vôtre "
        "figure dans les champs\N{NO-BREAK SPACE}: modifiez-la, ou envoyez-la de nouveau pour remplacer la sienne.",
        "es": "Otra persona ha respondido entretanto; su respuesta se muestra al lado. La suya figura en los campos: "
        "modifíquela, o envíela de nuevo para sustituir la otra.",
    },
    "reworded": {
        "en": "The survey has other words since this was shown. Please read the questions again, and send your answers "
        "again.",
        "fr": "Le texte de l’enquête a changé depuis l’affichage de cette page. Veuillez relire les questions et "
        "envoyer de nouveau vos réponses.",
        "es": "El texto de la encuesta ha cambiado desde que se mostró esta página. Lea de nuevo las preguntas y "
        "vuelva a enviar sus respuestas.",
    },
}
NONE: Mapping[str, Any] = MappingProxyType({})


class Fault(NamedTuple):
    """key: of the question, or of a field of it. value: what was given. name: one of FAULTS. parts: what its sentence
    names; words of the survey come in their languages."""

    key: str
    value: str
    name: str
    parts: Mapping[str, Any] = NONE

    def told(self, survey: Survey, language: str) -> Problem:
        """In a language of the survey."""
        said = {
            part: survey.said(held, language) if isinstance(held, dict) else held for part, held in self.parts.items()
        }
        return Problem(self.key, shortened(self.value), fault(self.name, language).format(**said))


def fault(name: str, language: str) -> str:
    """Raises KeyError where there is none of that name."""
    every = FAULTS[name]
    return every.get(language) or every["en"]
