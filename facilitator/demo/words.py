"""What the demo's workshop says, in French, English and Arabic."""

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


def said(fr: str, en: str, ar: str) -> Texts:
    """Say the same thing three times."""
    return {"fr": fr, "en": en, "ar": ar}


GUIDE = said(
    "Guide d’utilisation des données migratoires",
    "User’s guide to migration data",
    "دليل استخدام بيانات الهجرة",
)
WORKSHOP = said(
    "Atelier national de réflexion et de formation",
    "National discussion and training workshop",
    "ورشة عمل وطنية للنقاش والتدريب",
)

NEEDS = Question(
    "choice",
    said(
        "Pour quelles décisions avez-vous le plus besoin de données migratoires ? Trois réponses au plus.",
        "For which decisions do you most need migration data? Three answers at most.",
        "لأي القرارات تحتاجون أكثر إلى بيانات الهجرة؟ ثلاث إجابات على الأكثر.",
    ),
    (
        said("Gestion des frontières", "Border management", "إدارة الحدود"),
        said("Migration en situations de crise", "Migration in crisis situations", "الهجرة في حالات الأزمات"),
        said(
            "Accords de mobilité et migration légale",
            "Mobility agreements and legal migration",
            "اتفاقات التنقل والهجرة النظامية",
        ),
        said(
            "Emploi et formation des jeunes",
            "Employment and training of young people",
            "تشغيل الشباب وتدريبهم",
        ),
        said(
            "Engagement de la diaspora et transferts de fonds",
            "Diaspora engagement and remittances",
            "إشراك المغتربين وتحويلاتهم المالية",
        ),
        said(
            "Protection des personnes vulnérables", "Protection of vulnerable people", "حماية الفئات الضعيفة"
        ),
        said("Retour et réintégration", "Return and reintegration", "العودة وإعادة الإدماج"),
    ),
    {"most": 3},
)
CHALLENGES = Question(
    "ranking",
    said(
        "Dans quel ordre ces défis freinent-ils l’utilisation de notre profil migratoire ?",
        "In which order do these challenges hold back the use of our migration profile?",
        "بأي ترتيب تعيق هذه التحديات استخدام ملفنا الوطني للهجرة؟",
    ),
    (
        said(
            "Faibles capacités pour faire des mises à jour",
            "Poor update capability",
            "ضعف القدرة على التحديث",
        ),
        said(
            "Usage limité des données migratoires",
            "Limited use of migration data",
            "استخدام محدود لبيانات الهجرة",
        ),
        said("Appropriation insuffisante", "Insufficient ownership", "ضعف التملّك"),
        said("Dissémination pauvre", "Poor dissemination", "ضعف النشر"),
        said("Difficiles à comprendre", "Difficult to understand", "صعوبة الفهم"),
    ),
    {"ties": True},
)
ACTIONS = Question(
    "ranking",
    said(
        "Quelles actions correctives contre les faibles capacités de mise à jour ? Classez-les.",
        "Which corrective actions against the poor update capability? Rank them.",
        "ما الإجراءات التصحيحية لضعف القدرة على التحديث؟ رتّبوها.",
    ),
    (
        said(
            "Un point focal et un suppléant par institution",
            "A focal point and a deputy in each institution",
            "مسؤول اتصال ونائب له في كل مؤسسة",
        ),
        said(
            "Un calendrier annuel de transmission des données",
            "A yearly calendar for the transmission of data",
            "جدول سنوي لإرسال البيانات",
        ),
        said(
            "Un accord entre l’institut de statistique et la police des frontières sur l’échange de données",
            "An agreement between the statistics office and the border police on the exchange of data",
            "اتفاق بين جهاز الإحصاء وشرطة الحدود على تبادل البيانات",
        ),
        said(
            "Une formation courte tous les six mois",
            "A short training every six months",
            "تدريب قصير كل ستة أشهر",
        ),
        said(
            "Une ligne budgétaire pour la mise à jour",
            "A budget line for updating",
            "بند في الميزانية للتحديث",
        ),
        said(
            "Un modèle de tableau commun à toutes les institutions",
            "One table template for all institutions",
            "نموذج جدول واحد لجميع المؤسسات",
        ),
    ),
    {"ties": True},
)
KEEPER = Question(
    "choice",
    said(
        "Quelle institution devrait tenir le profil à jour ?",
        "Which institution should keep the profile up to date?",
        "أي مؤسسة ينبغي أن تتولى تحديث الملف؟",
    ),
    (
        said(
            "L’institut national de la statistique", "The national statistics office", "المعهد الوطني للإحصاء"
        ),
        said("Le ministère de l’Intérieur", "The Ministry of the Interior", "وزارة الداخلية"),
        said("Le ministère des Affaires étrangères", "The Ministry of Foreign Affairs", "وزارة الخارجية"),
        said(
            "L’organisme national de la population", "The national population body", "الهيئة الوطنية للسكان"
        ),
    ),
    {"most": 1},
)
RECOMMENDATIONS = Question(
    "choice",
    said(
        "Cochez toutes les recommandations que vous soutenez.",
        "Tick all the recommendations that you support.",
        "اختاروا كل التوصيات التي تؤيدونها.",
    ),
    (
        said(
            "Coopération : réunir le groupe de travail tous les trois mois",
            "Cooperation: convene the workgroup every three months",
            "التعاون: عقد اجتماع فريق العمل كل ثلاثة أشهر",
        ),
        said(
            "Formation : un module migration à l’école de statistique",
            "Training: a migration module at the school of statistics",
            "التدريب: وحدة عن الهجرة في مدرسة الإحصاء",
        ),
        said(
            "Collecte : ajouter trois questions au prochain recensement",
            "Information acquisition: add three questions to the next census",
            "جمع المعلومات: إضافة ثلاثة أسئلة إلى التعداد القادم",
        ),
        said(
            "Frontières : publier chaque trimestre les entrées et les sorties",
            "Border management: publish entries and exits every quarter",
            "إدارة الحدود: نشر أعداد الداخلين والخارجين كل ثلاثة أشهر",
        ),
        said(
            "Crises : un protocole de partage des données sous 48 heures",
            "Crisis situations: a protocol for sharing data within 48 hours",
            "حالات الأزمات: بروتوكول لتبادل البيانات خلال 48 ساعة",
        ),
    ),
    {"most": 5},
)
PRIORITIES = Question(
    "ranking",
    said("Par laquelle commencer ? Classez-les.", "Which one first? Rank them.", "بأيها نبدأ؟ رتّبوها."),
    RECOMMENDATIONS.options,
    {"ties": True},
)

FIRST_SESSION = SessionWords(
    said("Besoins et défis", "Needs and challenges", "الاحتياجات والتحديات"),
    (NEEDS, CHALLENGES, ACTIONS, KEEPER),
)
SECOND_SESSION = SessionWords(
    said("Recommandations", "Recommendations", "التوصيات"), (RECOMMENDATIONS, PRIORITIES)
)
