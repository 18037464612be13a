"""Corrective actions: for each chosen challenge what has worked and what could, put in order."""

from flask_babel import lazy_gettext as _l

from facilitator.blocks.base import ITEMS, Block, Step

CORRECTIVE = Block(
    name="corrective",
    label=_l("Corrective actions"),
    hint=_l("One pass for each chosen challenge: actions and strategies that worked, then their order."),
    over=ITEMS,
    passes=(
        Step(
            name="collect",
            kind="proposals",
            minutes=10,
            settings={"collects": "either", "most": 3, "supports": True, "at_once": False},
            prompt={
                "en": "What could be done, or has already worked, against this challenge: {topic}",
                "fr": "Que peut-on faire, ou qu’est-ce qui a déjà réussi, face à ce défi : {topic}",
                "pt": "O que se pode fazer, ou o que já resultou, perante este desafio: {topic}",
                "es": "¿Qué se puede hacer, o qué ha funcionado ya, ante este desafío? {topic}",
                "ar": "ما الذي يمكن فعله، أو ما الذي نجح من قبل، أمام هذا التحدي: {topic}",
            },
        ),
        Step(
            name="rank",
            kind="ranking",
            minutes=10,
            settings={"ties": True, "top": 0},
            source="collect",
            prompt={
                "en": "What helps most against this challenge: {topic}",
                "fr": "Qu’est-ce qui aide le plus face à ce défi : {topic}",
                "pt": "O que mais ajuda perante este desafio: {topic}",
                "es": "¿Qué ayuda más ante este desafío? {topic}",
                "ar": "ما الأكثر فائدة أمام هذا التحدي: {topic}",
            },
        ),
    ),
)
