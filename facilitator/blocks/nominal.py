"""Nominal group: silent ideas, a round of readings, a private ranking, a discussion and a second ranking."""

from flask_babel import lazy_gettext as _l

from facilitator.blocks.base import Block, Step

NOMINAL = Block(
    name="nominal",
    label=_l("Nominal group"),
    hint=_l("All weigh alike: ideas in silence, read in turn, ranked in private before and after talking."),
    steps=(
        Step(
            name="ideas",
            kind="proposals",
            minutes=10,
            settings={"collects": "challenge", "most": 5, "supports": False, "at_once": False},
            prompt={
                "en": "In silence, each alone: write down your ideas.",
                "fr": "En silence, chacun pour soi : écrivez vos idées.",
                "pt": "Em silêncio, cada um por si: escreva as suas ideias.",
                "es": "En silencio y cada cual por su cuenta: escriba sus ideas.",
                "ar": "في صمت، كلٌّ على حدة: اكتبوا أفكاركم.",
            },
        ),
        Step(
            name="readings",
            kind="proposals",
            minutes=15,
            settings={"collects": "challenge", "most": 2, "supports": False, "at_once": False},
            source="ideas",
            note={
                "en": "The ideas are read aloud in turn, one each, without comment.",
                "fr": "Les idées sont lues à voix haute à tour de rôle, une par personne, sans commentaire.",
                "pt": "As ideias são lidas em voz alta, uma por pessoa, à vez, sem comentários.",
                "es": "Las ideas se leen en voz alta por turnos, una por persona, sin comentarios.",
                "ar": "تُقرأ الأفكار بصوت عالٍ بالتناوب، فكرة لكل شخص، من دون تعليق.",
            },
            prompt={
                "en": "The ideas are read in turn. If one brings you another, add it.",
                "fr": "Les idées sont lues à tour de rôle. Si l’une vous en inspire une autre, ajoutez-la.",
                "pt": "As ideias são lidas à vez. Se uma lhe sugerir outra, acrescente-a.",
                "es": "Las ideas se leen por turnos. Si una le sugiere otra, añádala.",
                "ar": "تُقرأ الأفكار بالتناوب. إن أوحت إليكم إحداها بفكرة أخرى فأضيفوها.",
            },
        ),
        Step(
            name="first",
            kind="ranking",
            minutes=10,
            settings={"ties": True, "top": 5},
            source="readings",
            prompt={
                "en": "Before the discussion: rank the five ideas that matter most to you.",
                "fr": "Avant la discussion : classez les cinq idées qui comptent le plus pour vous.",
                "pt": "Antes da discussão: ordene as cinco ideias que mais contam para si.",
                "es": "Antes del debate: ordene las cinco ideas que más le importan.",
                "ar": "قبل النقاش: رتّبوا الأفكار الخمس الأهم في نظركم.",
            },
        ),
        Step(
            name="second",
            kind="ranking",
            minutes=30,
            settings={"ties": True, "top": 5, "again": True},
            source="first",
            note={
                "en": "Twenty minutes of discussion, without a vote, come before this second ranking.",
                "fr": "Vingt minutes de discussion, sans vote, précèdent ce second classement.",
                "pt": "Vinte minutos de discussão, sem votação, antecedem esta segunda ordenação.",
                "es": "Veinte minutos de debate, sin votación, preceden a esta segunda ordenación.",
                "ar": "تسبق هذا الترتيب الثاني عشرون دقيقة من النقاش من دون تصويت.",
            },
            prompt={
                "en": "After the discussion: rank the five ideas that now matter most to you.",
                "fr": "Après la discussion : classez les cinq idées qui comptent désormais le plus.",
                "pt": "Depois da discussão: ordene as cinco ideias que agora mais contam para si.",
                "es": "Después del debate: ordene las cinco ideas que ahora más le importan.",
                "ar": "بعد النقاش: رتّبوا الأفكار الخمس الأهم الآن في نظركم.",
            },
        ),
    ),
)
