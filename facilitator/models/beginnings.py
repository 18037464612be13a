"""What every new guide offers to start from: five challenges and five families of recommendations."""

from typing import TYPE_CHECKING

from facilitator.models.item import Item

if TYPE_CHECKING:
    from facilitator.models.guide import Guide

CHALLENGE, ACTION, STRATEGY, PRACTICE, RECOMMENDATION = (
    "challenge",
    "action",
    "strategy",
    "practice",
    "recommendation",
)
NEED, QUESTION = "need", "question"
CATEGORIES = (CHALLENGE, ACTION, STRATEGY, PRACTICE, RECOMMENDATION, NEED, QUESTION)
OBJECTIVES = tuple(f"dakar-{number}" for number in range(1, 11))
THEMES = ("theme-data", "theme-borders", "theme-crises")
STEPS = (
    "cycle-needs",
    "cycle-formulation",
    "cycle-decision",
    "cycle-implementation",
    "cycle-monitoring",
    "cycle-revision",
)

# French and English are those of the sources; the others are ours and wait for a person's review
CHALLENGES = (
    {
        "en": "Difficult to understand",
        "fr": "Difficiles à comprendre",
        "pt": "Difíceis de compreender",
        "es": "Difíciles de comprender",
        "ar": "صعبة الفهم",
    },
    {
        "en": "Poor dissemination",
        "fr": "Dissémination pauvre",
        "pt": "Fraca disseminação",
        "es": "Escasa difusión",
        "ar": "ضعف النشر",
    },
    {
        "en": "Insufficient ownership",
        "fr": "Appropriation insuffisante",
        "pt": "Apropriação insuficiente",
        "es": "Apropiación insuficiente",
        "ar": "عدم كفاية التملّك",
    },
    {
        "en": "Poor update capability",
        "fr": "Faibles capacités pour faire des mises à jour",
        "pt": "Fraca capacidade de atualização",
        "es": "Poca capacidad de actualización",
        "ar": "ضعف القدرة على التحديث",
    },
    {
        "en": "Limited use of migration data",
        "fr": "Usage limité des données migratoires",
        "pt": "Uso limitado dos dados migratórios",
        "es": "Uso limitado de los datos migratorios",
        "ar": "استخدام محدود لبيانات الهجرة",
    },
)
FAMILIES = {
    "cooperation": {
        "en": "On cooperation",
        "fr": "En matière de coopération",
        "pt": "Em matéria de cooperação",
        "es": "En materia de cooperación",
        "ar": "في مجال التعاون",
    },
    "training": {
        "en": "On training and human resources",
        "fr": "En matière de formation et ressources humaines",
        "pt": "Em matéria de formação e recursos humanos",
        "es": "En materia de formación y recursos humanos",
        "ar": "في مجال التدريب والموارد البشرية",
    },
    "information": {
        "en": "On improving information acquisition",
        "fr": "En matière d’amélioration de la collecte d’information",
        "pt": "Em matéria de melhoria da recolha de informação",
        "es": "En materia de mejora de la recopilación de información",
        "ar": "في مجال تحسين جمع المعلومات",
    },
    "borders": {
        "en": "On information in the field of border management",
        "fr": "En matière d’information dans le domaine de la gestion des frontières",
        "pt": "Em matéria de informação no domínio da gestão das fronteiras",
        "es": "En materia de información en el ámbito de la gestión de fronteras",
        "ar": "في مجال المعلومات المتعلقة بإدارة الحدود",
    },
    "crises": {
        "en": "On information in the field of migration in crisis situations",
        "fr": "En matière d’information dans le domaine des migrations en situations de crise",
        "pt": "Em matéria de informação no domínio das migrações em situações de crise",
        "es": "En materia de información en el ámbito de las migraciones en situaciones de crisis",
        "ar": "في مجال المعلومات المتعلقة بالهجرة في حالات الأزمات",
    },
}


def offer(guide: "Guide") -> None:
    """Give a new guide its starting challenges and its families of recommendations."""
    guide.families = {key: dict(texts) for key, texts in FAMILIES.items()}
    for texts in CHALLENGES:
        guide.items.append(Item(wording=dict(texts), category=CHALLENGE))
