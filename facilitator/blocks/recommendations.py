"""Recommendations: collected family by family, weighed by impact and feasibility, adopted one by one."""

from flask_babel import lazy_gettext as _l

from facilitator.blocks.base import FAMILIES, Block, Step

RECOMMENDATIONS = Block(
    name="recommendations",
    label=_l("Recommendations"),
    hint=_l("Collect family by family, weigh impact against feasibility, adopt one by one."),
    over=FAMILIES,
    passes=(
        Step(
            name="collect",
            kind="proposals",
            minutes=10,
            settings={"collects": "recommendation", "most": 3, "supports": True, "at_once": False},
            prompt={
                "en": "What do you recommend? {topic}",
                "fr": "Que recommandez-vous ? {topic}",
                "pt": "O que recomenda? {topic}",
                "es": "¿Qué recomienda? {topic}",
                "ar": "بماذا توصون؟ {topic}",
            },
        ),
    ),
    steps=(
        Step(
            name="weigh",
            kind="matrix2x2",
            minutes=15,
            source="collect",
            prompt={
                "en": "How much would each recommendation change, and how feasible is it?",
                "fr": "Quel serait l’impact de chaque recommandation, et est-elle réalisable ?",
                "pt": "Que impacto teria cada recomendação, e até que ponto é viável?",
                "es": "¿Qué impacto tendría cada recomendación y en qué medida es viable?",
                "ar": "ما أثر كل توصية، وما مدى قابليتها للتنفيذ؟",
            },
        ),
        Step(
            name="adopt",
            kind="adoption",
            minutes=20,
            settings={"threshold": 75},
            source="weigh",
            prompt={
                "en": "Do you adopt these recommendations?",
                "fr": "Adoptez-vous ces recommandations ?",
                "pt": "Adota estas recomendações?",
                "es": "¿Adopta estas recomendaciones?",
                "ar": "هل تعتمدون هذه التوصيات؟",
            },
        ),
    ),
)
