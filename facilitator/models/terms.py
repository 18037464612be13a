"""The words of the sources: English, French, Portuguese, Spanish, Arabic.

The first two word for word, or French alone where the sources have no English.
"""

Words = tuple[str, str, str, str, str]

SOURCED: dict[str, Words] = {
    "section-1": (
        "Overview of data and information sources in the field of migration",
        "Panorama des sources de données et informations dans le domaine migratoire",
        "Panorama das fontes de dados e de informação no domínio da migração",
        "Panorama de las fuentes de datos e información en el ámbito de la migración",
        "لمحة عامة عن مصادر البيانات والمعلومات في مجال الهجرة",
    ),
    "source-mapping": (
        "Information source mapping (existing and potential sources)",
        "Cartographie des sources d’information (existantes et potentielles)",
        "Cartografia das fontes de informação (existentes e potenciais)",
        "Cartografía de las fuentes de información (existentes y potenciales)",
        "خريطة مصادر المعلومات (القائمة والمحتملة)",
    ),
    "areas": (
        "Areas (by way of example – without limitation)",
        "Domaines (non limitatif – à titre d’exemples)",
        "Domínios (a título de exemplo – sem limitação)",
        "Ámbitos (a título de ejemplo – sin limitación)",
        "المجالات (على سبيل المثال لا الحصر)",
    ),
    "entities": (
        "Data collection entities (and contacts)",
        "Entités collectant les données (avec les contacts)",
        "Entidades que recolhem os dados (com os contactos)",
        "Entidades que recopilan los datos (con los contactos)",
        "الجهات التي تجمع البيانات (مع جهات الاتصال)",
    ),
    "governmental": (
        "Governmental entities",
        "Entités gouvernementales",
        "Entidades governamentais",
        "Entidades gubernamentales",
        "الجهات الحكومية",
    ),
    "others": (
        "Others (including international, academic and other types of organisations)",
        "Autres (y compris organisations internationales, académiques…)",
        "Outras (incluindo organizações internacionais, académicas e outras)",
        "Otras (incluidas organizaciones internacionales, académicas y de otro tipo)",
        "جهات أخرى (منها المنظمات الدولية والأكاديمية وغيرها)",
    ),
    "trends": ("Trends", "Tendances", "Tendências", "Tendencias", "الاتجاهات"),
    "borders": (
        "Border management",
        "Gestion des frontières",
        "Gestão das fronteiras",
        "Gestión de fronteras",
        "إدارة الحدود",
    ),
    "crises": (
        "Migration in crisis situations",
        "Migration en situations de crise",
        "Migração em situações de crise",
        "Migración en situaciones de crisis",
        "الهجرة في حالات الأزمات",
    ),
    "development": (
        "Migration and development",
        "Migration et développement",
        "Migração e desenvolvimento",
        "Migración y desarrollo",
        "الهجرة والتنمية",
    ),
    "section-2": (
        "The migration policy cycle and its actors",
        "Le cycle politique migratoire et ses acteurs",
        "O ciclo da política migratória e os seus intervenientes",
        "El ciclo de la política migratoria y sus actores",
        "دورة سياسة الهجرة والجهات الفاعلة فيها",
    ),
    "cycle": (
        "The migration policy cycle",
        "Le cycle politique migratoire",
        "O ciclo da política migratória",
        "El ciclo de la política migratoria",
        "دورة سياسة الهجرة",
    ),
    "section-3": (
        "The migration profile process",
        "Le processus du profil migratoire",
        "O processo do perfil migratório",
        "El proceso del perfil migratorio",
        "عملية الملف التعريفي للهجرة",
    ),
    "contents": ("Contents", "Aperçu du contenu", "Conteúdo", "Contenido", "المحتوى"),
    "members": (
        "Members of the workgroup / coordination platform",
        "Membres du groupe de travail / plateforme de coordination",
        "Membros do grupo de trabalho / plataforma de coordenação",
        "Miembros del grupo de trabajo / plataforma de coordinación",
        "أعضاء فريق العمل / منصة التنسيق",
    ),
    "coordinator": ("COORDINATOR", "COORDINATEUR", "COORDENADOR", "COORDINADOR", "المنسّق"),
    "practices": (
        "Best practices / migration profile use examples",
        "Bonnes pratiques / exemples d’utilisation",
        "Boas práticas / exemplos de utilização do perfil migratório",
        "Buenas prácticas / ejemplos de uso del perfil migratorio",
        "أفضل الممارسات / أمثلة على استخدام الملف التعريفي للهجرة",
    ),
    "matrix": (
        "Problem/solution matrix",
        "Matrice problème/solution",
        "Matriz problema/solução",
        "Matriz problema/solución",
        "مصفوفة المشكلة/الحل",
    ),
    "challenge": (
        "Challenge in the use of a migration profile",
        "Défi concernant l’utilisation du profil migratoire",
        "Desafio na utilização do perfil migratório",
        "Desafío en el uso del perfil migratorio",
        "تحدٍّ في استخدام الملف التعريفي للهجرة",
    ),
    "actions": (
        "Corrective actions",
        "Actions correctives",
        "Ações corretivas",
        "Acciones correctivas",
        "الإجراءات التصحيحية",
    ),
    "strategies": (
        "Past successful strategies",
        "Stratégies qui ont fonctionné",
        "Estratégias que resultaram",
        "Estrategias que han funcionado",
        "استراتيجيات ناجحة سابقة",
    ),
    "section-4": ("Recommendations", "Recommandations", "Recomendações", "Recomendaciones", "التوصيات"),
    "without-limitation": (
        "examples, without limitation",
        "exemples non limitatifs",
        "exemplos, sem limitação",
        "ejemplos, sin limitación",
        "أمثلة على سبيل الذكر لا الحصر",
    ),
    "existing": ("Existing", "Existante", "Existente", "Existente", "قائم"),
    "potential": ("Potential", "Potentielle", "Potencial", "Potencial", "محتمل"),
}

FRENCH: dict[str, Words] = {
    "cycle-needs": (
        "Identification of needs",
        "Identification des besoins",
        "Identificação das necessidades",
        "Identificación de necesidades",
        "تحديد الاحتياجات",
    ),
    "cycle-formulation": ("Formulation", "Élaboration", "Elaboração", "Elaboración", "الصياغة"),
    "cycle-decision": ("Decision", "Décision", "Decisão", "Decisión", "القرار"),
    "cycle-implementation": ("Implementation", "Mise en œuvre", "Execução", "Ejecución", "التنفيذ"),
    "cycle-monitoring": ("Monitoring", "Suivi", "Acompanhamento", "Seguimiento", "المتابعة"),
    "cycle-revision": ("Reformulation", "Reformulation", "Reformulação", "Reformulación", "إعادة الصياغة"),
}

ROWS = (
    ("governmental", "trends"),
    ("governmental", "borders"),
    ("governmental", "crises"),
    ("governmental", "development"),
    ("others", "trends"),
    ("others", "borders"),
    ("others", "crises"),
)
