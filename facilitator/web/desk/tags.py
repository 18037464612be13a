"""What an item can be marked with: Dakar objective, priority theme, step of the policy cycle."""

from flask_babel import lazy_gettext as _l

OBJECTIVES = {
    "dakar-1": _l("1 Exchanges between the parties involved in mobility"),
    "dakar-2": _l("2 Means and capacities for mobility policies"),
    "dakar-3": _l("3 Migrants’ rights and integration"),
    "dakar-4": _l("4 Border management, readmission, return conditions"),
    "dakar-5": _l("5 Protection of vulnerable groups"),
    "dakar-6": _l("6 Secure civil registers"),
    "dakar-7": _l("7 Inclusive approach to migration and development"),
    "dakar-8": _l("8 Remittances"),
    "dakar-9": _l("9 Engagement of migrants with countries of origin"),
    "dakar-10": _l("10 Acquiring and sharing information"),
}
THEMES = {
    "theme-data": _l("Using data for evidence-based policy making"),
    "theme-borders": _l("Border management at the operational level"),
    "theme-crises": _l("Migration in crisis situations"),
}
STEPS = {
    "cycle-needs": _l("Identification of needs"),
    "cycle-formulation": _l("Formulation"),
    "cycle-decision": _l("Decision"),
    "cycle-implementation": _l("Implementation"),
    "cycle-monitoring": _l("Monitoring"),
    "cycle-revision": _l("Reformulation"),
}
GROUPS = (
    (_l("Dakar Strategy, objective"), OBJECTIVES),
    (_l("Priority theme"), THEMES),
    (_l("Step of the policy cycle"), STEPS),
)
NAMES = OBJECTIVES | THEMES | STEPS
