"""The words of an e-mail that says a paper waits: never the child, never what the paper is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from gameplan.letters.phrases import day_in_words
from gameplan.notices.models import Delivery


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail as plain text. `message_id` stays the same at every try ("<...@...>")."""

    to: str
    to_name: str
    subject: str
    text: str
    lang: str
    message_id: str


SUBJECT: Final[Mapping[str, str]] = {
    "en": "A paper is waiting for you",
    "es": "Un documento le espera",
}
TEXT: Final[Mapping[str, str]] = {
    "en": """Hello,

A school has sent you a paper. This link opens it. It is only for you, so please do not pass it on.

{link}

The link works until {day}. If you cannot open it, or did not expect it, ask the school for the paper on paper.

You get this e-mail because you chose e-mail. You may change that at any time: tell the school.
""",
    "es": """Hola:

Una escuela le ha enviado un documento. Este enlace lo abre. Es solo para usted; por favor, no lo comparta.

{link}

El enlace funciona hasta el {day}. Si no puede abrirlo o no lo esperaba, pida a la escuela el documento en papel.

Recibe este correo porque eligió el correo electrónico. Puede cambiarlo cuando quiera: dígaselo a la escuela.
""",
}


def mail_of(delivery: Delivery, link: str, until: date) -> Mail:
    """The e-mail of a delivery with this link, which works until that day; in the recipient's language or English."""
    lang = delivery.lang if delivery.lang in TEXT else "en"
    text = TEXT[lang].format(link=link, day=day_in_words(until, lang))
    return Mail(delivery.address, delivery.to_name, SUBJECT[lang], text, lang, delivery.message_id)
