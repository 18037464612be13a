"""Needs: what the country needs the data for, and what comes first."""

from flask_babel import lazy_gettext as _l

from facilitator.blocks.base import Block, Step

NEEDS = Block(
    name="needs",
    label=_l("Needs"),
    hint=_l("What people need data for: collect, keep the most shared, put them in order."),
    steps=(
        Step(
            name="collect",
            kind="proposals",
            minutes=15,
            settings={"collects": "need", "most": 3, "supports": True, "at_once": False},
            prompt={
                "en": "What do you need migration data for in your work?",
                "fr": "Dans votre travail, à quoi les données migratoires doivent-elles vous servir ?",
                "pt": "No seu trabalho, para que precisa de dados migratórios?",
                "es": "En su trabajo, ¿para qué necesita datos migratorios?",
                "ar": "في عملكم، فيمَ تحتاجون إلى بيانات الهجرة؟",
            },
        ),
        Step(
            name="approve",
            kind="choice",
            minutes=10,
            settings={"most": 0},
            source="collect",
            prompt={
                "en": "Which of these needs are also yours?",
                "fr": "Lesquels de ces besoins sont aussi les vôtres ?",
                "pt": "Quais destas necessidades são também suas?",
                "es": "¿Cuáles de estas necesidades son también suyas?",
                "ar": "أيٌّ من هذه الاحتياجات هو احتياجكم أيضًا؟",
            },
        ),
        Step(
            name="rank",
            kind="ranking",
            minutes=15,
            settings={"ties": True, "top": 0},
            source="approve",
            prompt={
                "en": "Put the needs in order: which should be met first?",
                "fr": "Classez les besoins : auquel faut-il répondre en premier ?",
                "pt": "Ordene as necessidades: a qual se deve responder primeiro?",
                "es": "Ordene las necesidades: ¿cuál debe atenderse primero?",
                "ar": "رتّبوا الاحتياجات: أيٌّ منها ينبغي تلبيته أولًا؟",
            },
        ),
    ),
)
