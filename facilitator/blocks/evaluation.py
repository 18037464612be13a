"""Evaluation: what the day was worth to those who gave it."""

from flask_babel import lazy_gettext as _l

from facilitator.blocks.base import Block, Step

STATEMENTS = (
    {
        "en": "The aims of the workshop were clear to me.",
        "fr": "Les objectifs de l’atelier étaient clairs pour moi.",
        "pt": "Os objetivos do workshop eram claros para mim.",
        "es": "Los objetivos del taller me quedaron claros.",
        "ar": "كانت أهداف ورشة العمل واضحة لي.",
    },
    {
        "en": "I could say what I had to say.",
        "fr": "J’ai pu dire ce que j’avais à dire.",
        "pt": "Pude dizer o que tinha a dizer.",
        "es": "Pude decir lo que tenía que decir.",
        "ar": "تمكّنت من قول ما لديّ.",
    },
    {
        "en": "The results reflect what the room thinks.",
        "fr": "Les résultats reflètent ce que pense la salle.",
        "pt": "Os resultados refletem o que a sala pensa.",
        "es": "Los resultados reflejan lo que piensa la sala.",
        "ar": "تعكس النتائج ما يراه الحاضرون.",
    },
    {
        "en": "I will use what I learned in my work.",
        "fr": "Je me servirai dans mon travail de ce que j’ai appris.",
        "pt": "Usarei no meu trabalho o que aprendi.",
        "es": "Usaré en mi trabajo lo que he aprendido.",
        "ar": "سأستفيد في عملي ممّا تعلّمته.",
    },
    {
        "en": "The organisation was good.",
        "fr": "L’organisation était bonne.",
        "pt": "A organização foi boa.",
        "es": "La organización fue buena.",
        "ar": "كان التنظيم جيدًا.",
    },
)

EVALUATION = Block(
    name="evaluation",
    label=_l("Evaluation"),
    hint=_l("At the end of the day: some statements, a remark, and what stays in mind."),
    steps=(
        Step(
            name="statements",
            kind="evaluation",
            minutes=5,
            settings={"scale": "agreement"},
            options=STATEMENTS,
            prompt={
                "en": "How was the workshop for you?",
                "fr": "Comment avez-vous vécu l’atelier ?",
                "pt": "Como foi o workshop para si?",
                "es": "¿Qué le pareció el taller?",
                "ar": "كيف كانت ورشة العمل بالنسبة إليكم؟",
            },
        ),
        Step(
            name="words",
            kind="words",
            minutes=5,
            settings={"hidden": []},
            prompt={
                "en": "Which words do you take home from the workshop?",
                "fr": "Quels mots retenez-vous de l’atelier ?",
                "pt": "Que palavras leva consigo deste workshop?",
                "es": "¿Con qué palabras se queda de este taller?",
                "ar": "ما الكلمات التي تحتفظون بها من ورشة العمل؟",
            },
        ),
    ),
)
