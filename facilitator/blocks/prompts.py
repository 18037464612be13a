"""What a question over a list asks, by its kind, until someone writes words of its own."""

from collections.abc import Mapping

from facilitator.models.wording import Texts

# ours in every language: they wait for a person's review
PROMPTS: Mapping[str, Texts] = {
    "choice": {
        "en": "Which of these do you support?",
        "fr": "Lesquels soutenez-vous ?",
        "pt": "Quais destes apoia?",
        "es": "¿Cuáles de estos apoya usted?",
        "ar": "أيًّا من هذه تؤيدون؟",
    },
    "points": {
        "en": "Share your points: what matters most?",
        "fr": "Répartissez vos points : qu’est-ce qui compte le plus ?",
        "pt": "Distribua os seus pontos: o que mais conta?",
        "es": "Reparta sus puntos: ¿qué es lo más importante?",
        "ar": "وزّعوا نقاطكم: ما الأهم؟",
    },
    "ranking": {
        "en": "Put these in order: what comes first?",
        "fr": "Mettez dans l’ordre : qu’est-ce qui vient en premier ?",
        "pt": "Ponha por ordem: o que vem primeiro?",
        "es": "Ordene: ¿qué va primero?",
        "ar": "رتّبوا ما يلي: ما الذي يأتي أولًا؟",
    },
    "pairwise": {
        "en": "Which of the two matters more?",
        "fr": "Lequel des deux compte le plus ?",
        "pt": "Qual dos dois conta mais?",
        "es": "¿Cuál de los dos es más importante?",
        "ar": "أيّ الاثنين أهم؟",
    },
    "rating": {
        "en": "How do you rate each of these?",
        "fr": "Comment évaluez-vous chacun d’eux ?",
        "pt": "Como avalia cada um destes?",
        "es": "¿Cómo valora usted cada uno de estos?",
        "ar": "كيف تقيّمون كلًّا منها؟",
    },
    "matrix2x2": {
        "en": "How much would each of these change, and how feasible is it?",
        "fr": "Quel serait l’impact de chacun, et est-il réalisable ?",
        "pt": "Que impacto teria cada um, e até que ponto é viável?",
        "es": "¿Qué impacto tendría cada uno y en qué medida es viable?",
        "ar": "ما أثر كلٍّ منها، وما مدى قابليته للتنفيذ؟",
    },
    "adoption": {
        "en": "Do you adopt these?",
        "fr": "Les adoptez-vous ?",
        "pt": "Adota-os?",
        "es": "¿Los adopta?",
        "ar": "هل تعتمدونها؟",
    },
    "linking": {
        "en": "Which of these belong together?",
        "fr": "Lesquels vont ensemble ?",
        "pt": "Quais destes estão ligados?",
        "es": "¿Cuáles de estos están relacionados?",
        "ar": "أيٌّ منها مرتبط بالآخر؟",
    },
    "evaluation": {
        "en": "How far do you agree with each of these?",
        "fr": "Dans quelle mesure êtes-vous d’accord avec chacune de ces phrases ?",
        "pt": "Até que ponto concorda com cada uma destas frases?",
        "es": "¿En qué medida está de acuerdo con cada una de estas frases?",
        "ar": "إلى أي مدى توافقون على كل من هذه العبارات؟",
    },
}
