"""What the demo's workshop says, in French and in English."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """One question of the demo and its options."""

    kind: str
    prompt: Texts
    options: tuple[Texts, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SessionWords:
    """One session of the demo."""

    title: Texts
    questions: tuple[Question, ...]


def both(fr: str, en: str) -> Texts:
    """Say the same thing twice."""
    return {"fr": fr, "en": en}


GUIDE = both("Guide d’utilisation des données migratoires", "User’s guide to migration data")
WORKSHOP = both("Atelier national de réflexion et de formation", "National discussion and training workshop")

NEEDS = Question(
    "choice",
    both(
        "Pour quelles décisions avez-vous le plus besoin de données migratoires ? Trois réponses au plus.",
        "For which decisions do you most need migration data? Three answers at most.",
    ),
    (
        both("Gestion des frontières", "Border management"),
        both("Migration en situations de crise", "Migration in crisis situations"),
        both("Accords de mobilité et migration légale", "Mobility agreements and legal migration"),
        both("Emploi et formation des jeunes", "Employment and training of young people"),
        both("Engagement de la diaspora et transferts de fonds", "Diaspora engagement and remittances"),
        both("Protection des personnes vulnérables", "Protection of vulnerable people"),
        both("Retour et réintégration", "Return and reintegration"),
    ),
    {"most": 3},
)
CHALLENGES = Question(
    "ranking",
    both(
        "Dans quel ordre ces défis freinent-ils l’utilisation de notre profil migratoire ?",
        "In which order do these challenges hold back the use of our migration profile?",
    ),
    (
        both("Faibles capacités pour faire des mises à jour", "Poor update capability"),
        both("Usage limité des données migratoires", "Limited use of migration data"),
        both("Appropriation insuffisante", "Insufficient ownership"),
        both("Dissémination pauvre", "Poor dissemination"),
        both("Difficiles à comprendre", "Difficult to understand"),
    ),
    {"ties": True},
)
ACTIONS = Question(
    "ranking",
    both(
        "Quelles actions correctives contre les faibles capacités de mise à jour ? Classez-les.",
        "Which corrective actions against the poor update capability? Rank them.",
    ),
    (
        both(
            "Un point focal et un suppléant par institution", "A focal point and a deputy in each institution"
        ),
        both(
            "Un calendrier annuel de transmission des données",
            "A yearly calendar for the transmission of data",
        ),
        both(
            "Un accord entre l’institut de statistique et la police des frontières sur l’échange de données",
            "An agreement between the statistics office and the border police on the exchange of data",
        ),
        both("Une formation courte tous les six mois", "A short training every six months"),
        both("Une ligne budgétaire pour la mise à jour", "A budget line for updating"),
        both(
            "Un modèle de tableau commun à toutes les institutions", "One table template for all institutions"
        ),
    ),
    {"ties": True},
)
KEEPER = Question(
    "choice",
    both(
        "Quelle institution devrait tenir le profil à jour ?",
        "Which institution should keep the profile up to date?",
    ),
    (
        both("L’institut national de la statistique", "The national statistics office"),
        both("Le ministère de l’Intérieur", "The Ministry of the Interior"),
        both("Le ministère des Affaires étrangères", "The Ministry of Foreign Affairs"),
        both("L’organisme national de la population", "The national population body"),
    ),
    {"most": 1},
)
RECOMMENDATIONS = Question(
    "choice",
    both(
        "Cochez toutes les recommandations que vous soutenez.",
        "Tick all the recommendations that you support.",
    ),
    (
        both(
            "Coopération : réunir le groupe de travail tous les trois mois",
            "Cooperation: convene the workgroup every three months",
        ),
        both(
            "Formation : un module migration à l’école de statistique",
            "Training: a migration module at the school of statistics",
        ),
        both(
            "Collecte : ajouter trois questions au prochain recensement",
            "Information acquisition: add three questions to the next census",
        ),
        both(
            "Frontières : publier chaque trimestre les entrées et les sorties",
            "Border management: publish entries and exits every quarter",
        ),
        both(
            "Crises : un protocole de partage des données sous 48 heures",
            "Crisis situations: a protocol for sharing data within 48 hours",
        ),
    ),
    {"most": 5},
)
PRIORITIES = Question(
    "ranking",
    both("Par laquelle commencer ? Classez-les.", "Which one first? Rank them."),
    RECOMMENDATIONS.options,
    {"ties": True},
)

FIRST_SESSION = SessionWords(
    both("Besoins et défis", "Needs and challenges"), (NEEDS, CHALLENGES, ACTIONS, KEEPER)
)
SECOND_SESSION = SessionWords(both("Recommandations", "Recommendations"), (RECOMMENDATIONS, PRIORITIES))
