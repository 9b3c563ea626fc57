"""What the form of a survey says by itself, in the languages of the surveys that ship; in English for all others."""

from __future__ import annotations

from collections.abc import Mapping

PHRASES: Mapping[str, Mapping[str, str]] = {
    "amount": {"en": "Figure", "fr": "Chiffre", "es": "Cifra"},
    "scale": {"en": "Scale", "fr": "Échelle", "es": "Escala"},
    "currency": {
        "en": "Currency, three letters",
        "fr": "Monnaie, trois lettres",
        "es": "Moneda, tres letras",
    },
    "since": {"en": "From year", "fr": "De l’année", "es": "Desde el año"},
    "until": {"en": "To year", "fr": "À l’année", "es": "Hasta el año"},
    "units": {"en": "units", "fr": "unités", "es": "unidades"},
    "thousand": {"en": "thousand", "fr": "milliers", "es": "miles"},
    "million": {"en": "million", "fr": "millions", "es": "millones"},
    "billion": {"en": "billion", "fr": "milliards", "es": "miles de millones"},
    "needed": {
        "en": "Needed wherever the row is filled in.",
        "fr": "Obligatoire dès lors que la ligne est remplie.",
        "es": "Obligatorio si se rellena la fila.",
    },
    "apart": {
        "en": "Your answer to this is not published.",
        "fr": "Votre réponse à cette question n’est pas publiée.",
        "es": "Su respuesta a esta pregunta no se publica.",
    },
    "none yet": {
        "en": "The register holds no commitment of this kind in your name.",
        "fr": "Le registre ne tient aucun engagement de ce type à votre nom.",
        "es": "En el registro no figura a su nombre ningún compromiso de este tipo.",
    },
    "only": {
        "en": "Only where “{asked}” is {answer}.",
        "fr": "Seulement si la réponse à «\N{NO-BREAK SPACE}{asked}\N{NO-BREAK SPACE}» est {answer}.",
        "es": "Solo si la respuesta a «{asked}» es {answer}.",
    },
    "one of": {
        "en": "one of these: {answers}",
        "fr": "l’une de celles-ci\N{NO-BREAK SPACE}: {answers}",
        "es": "una de estas: {answers}",
    },
    "over": {
        "en": "The survey is over: your answers are shown as they stand.",
        "fr": "L’enquête est close\N{NO-BREAK SPACE}: vos réponses sont présentées telles qu’elles figurent.",
        "es": "La encuesta está cerrada: sus respuestas se muestran tal como figuran.",
    },
    "submitted": {
        "en": "Your answers are submitted: they are shown as they stand.",
        "fr": "Vos réponses sont soumises\N{NO-BREAK SPACE}: elles sont présentées telles qu’elles figurent.",
        "es": "Sus respuestas están presentadas: se muestran tal como figuran.",
    },
    "withdrawn": {
        "en": "Your answers are withdrawn: they are shown as they stand.",
        "fr": "Vos réponses sont retirées\N{NO-BREAK SPACE}: elles sont présentées telles qu’elles figurent.",
        "es": "Sus respuestas están retiradas: se muestran tal como figuran.",
    },
    "theirs": {"en": "What stands now", "fr": "Ce qui figure à présent", "es": "Lo que figura ahora"},
    "taken out": {
        "en": "Nothing: it was taken out.",
        "fr": "Rien\N{NO-BREAK SPACE}: la réponse a été retirée.",
        "es": "Nada: la respuesta se ha retirado.",
    },
    "send": {"en": "Save and go on", "fr": "Enregistrer et continuer", "es": "Guardar y continuar"},
    "no file": {
        "en": "No file was given.",
        "fr": "Aucun fichier n’a été fourni.",
        "es": "No se ha adjuntado ningún archivo.",
    },
    "file given": {"en": "A file was given.", "fr": "Un fichier a été fourni.", "es": "Se ha adjuntado un archivo."},
    "file": {"en": "Add a file", "fr": "Ajouter un fichier", "es": "Adjuntar un archivo"},
    "other file": {
        "en": "Put another in its place",
        "fr": "Le remplacer par un autre",
        "es": "Sustituirlo por otro",
    },
    "add file": {"en": "Add the file", "fr": "Joindre le fichier", "es": "Añadir el archivo"},
    "file out": {"en": "Take it out", "fr": "Le retirer", "es": "Retirarlo"},
    "filled": {"en": "answered", "fr": "réponse donnée", "es": "respondida"},
    "one below": {
        "en": "1 field below needs your attention.",
        "fr": "1 champ ci-dessous demande votre attention.",
        "es": "1 campo requiere su atención.",
    },
    "some below": {
        "en": "{many} fields below need your attention.",
        "fr": "{many} champs ci-dessous demandent votre attention.",
        "es": "{many} campos requieren su atención.",
    },
    "before": {
        "en": "Before they can be submitted:",
        "fr": "Avant de pouvoir les soumettre :",
        "es": "Antes de poder presentarlas:",
    },
    "not answered": {"en": "Not answered.", "fr": "Sans réponse.", "es": "Sin respuesta."},
    "submit": {"en": "Submit these answers", "fr": "Soumettre ces réponses", "es": "Presentar estas respuestas"},
    "reopen": {"en": "Open them again", "fr": "Les rouvrir", "es": "Volver a abrirlas"},
    "withdraw": {"en": "Withdraw them", "fr": "Les retirer", "es": "Retirarlas"},
    "propose": {
        "en": "Make drafts of updates from them",
        "fr": "En établir des projets de mise à jour",
        "es": "Elaborar con ellas proyectos de actualización",
    },
    "review": {
        "en": "See all answers, and submit them",
        "fr": "Voir toutes les réponses et les soumettre",
        "es": "Ver todas las respuestas y presentarlas",
    },
    "change": {"en": "Change them", "fr": "Les modifier", "es": "Modificarlas"},
    "results": {"en": "Results", "fr": "Résultats", "es": "Resultados"},
    "part": {"en": "Part", "fr": "Partie", "es": "Parte"},
    "answered": {"en": "Answered", "fr": "Questions répondues", "es": "Preguntas respondidas"},
    "of": {"en": "{many} of {every}", "fr": "{many} sur {every}", "es": "{many} de {every}"},
    "named": {
        "en": "Once it is over, answers may be published with the name of the maker who gave them; what is kept from "
        "the public is marked.",
        "fr": "Une fois l’enquête close, les réponses pourront être publiées avec le nom de l’auteur de l’engagement "
        "qui les a données\N{NO-BREAK SPACE}; ce qui n’est pas rendu public est signalé.",
        "es": "Una vez cerrada la encuesta, las respuestas podrán publicarse con el nombre del autor del compromiso "
        "que las haya dado; se indica lo que no se hace público.",
    },
    "unnamed": {
        "en": "Once it is over, answers may be published without the names of those who gave them; what is kept from "
        "the public is marked.",
        "fr": "Une fois l’enquête close, les réponses pourront être publiées sans le nom de ceux qui les ont "
        "données\N{NO-BREAK SPACE}; ce qui n’est pas rendu public est signalé.",
        "es": "Una vez cerrada la encuesta, las respuestas podrán publicarse sin el nombre de quienes las hayan "
        "dado; se indica lo que no se hace público.",
    },
    "files": {
        "en": "Of a file that you gave, results say that it was given; the file itself is not published.",
        "fr": "D’un fichier que vous avez fourni, les résultats indiquent seulement qu’il l’a été\N{NO-BREAK SPACE}; "
        "le fichier lui-même n’est pas publié.",
        "es": "De un archivo que hayan adjuntado, los resultados indican únicamente que se adjuntó; el archivo en sí "
        "no se publica.",
    },
    "proposed": {
        "en": "Answers about your commitments can become updates of the register: drafts are made from them, which you "
        "look through and submit to the moderators like any other.",
        "fr": "Les réponses concernant vos engagements peuvent devenir des mises à jour du registre"
        "\N{NO-BREAK SPACE}: il en est établi des projets, que vous relisez et soumettez aux modérateurs comme "
        "tout autre projet.",
        "es": "Las respuestas sobre sus compromisos pueden convertirse en actualizaciones del registro: con ellas se "
        "elaboran proyectos, que ustedes revisan y presentan a los moderadores como cualquier otro.",
    },
}


def phrase(name: str, language: str) -> str:
    """Raises KeyError where there is none of that name."""
    every = PHRASES[name]
    return every.get(language) or every["en"]
