"""Challenges: what stands in the way, said by the room and put in order by it."""

from flask_babel import lazy_gettext as _l

from facilitator.blocks.base import Block, Step

CHALLENGES = Block(
    name="challenges",
    label=_l("Challenges"),
    hint=_l("What stands in the way: collect, merge what says the same, keep the most shared, put in order."),
    steps=(
        Step(
            name="collect",
            kind="proposals",
            minutes=15,
            settings={"collects": "challenge", "most": 3, "supports": True, "at_once": False},
            prompt={
                "en": "What makes it difficult to use the migration profile?",
                "fr": "Qu’est-ce qui rend difficile l’utilisation du profil migratoire ?",
                "pt": "O que torna difícil a utilização do perfil migratório?",
                "es": "¿Qué dificulta el uso del perfil migratorio?",
                "ar": "ما الذي يجعل استخدام الملف التعريفي للهجرة صعبًا؟",
            },
        ),
        Step(
            name="approve",
            kind="choice",
            minutes=10,
            settings={"most": 0},
            source="collect",
            note={
                "en": "Before this vote, proposals that say the same are merged.",
                "fr": "Avant ce vote, les propositions qui disent la même chose sont fusionnées.",
                "pt": "Antes desta votação, as propostas que dizem o mesmo são fundidas.",
                "es": "Antes de esta votación se unen las propuestas que dicen lo mismo.",
                "ar": "قبل هذا التصويت تُدمَج المقترحات المتطابقة في المعنى.",
            },
            prompt={
                "en": "Which of these challenges do you meet as well?",
                "fr": "Lesquels de ces défis rencontrez-vous aussi ?",
                "pt": "Quais destes desafios também encontra?",
                "es": "¿Cuáles de estos desafíos encuentra usted también?",
                "ar": "أيٌّ من هذه التحديات تواجهونه أنتم أيضًا؟",
            },
        ),
        Step(
            name="rank",
            kind="ranking",
            minutes=15,
            settings={"ties": True, "top": 0},
            source="approve",
            prompt={
                "en": "Put the challenges in order: which must be overcome first?",
                "fr": "Classez les défis : lequel faut-il surmonter en premier ?",
                "pt": "Ordene os desafios: qual deve ser superado primeiro?",
                "es": "Ordene los desafíos: ¿cuál hay que superar primero?",
                "ar": "رتّبوا التحديات: أيٌّ منها يجب تجاوزه أولًا؟",
            },
        ),
    ),
)
