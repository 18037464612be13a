"""The types of institution that people in the room come from."""

GOVERNMENTAL = ("ministry", "statistics", "enforcement", "population")
TYPES = (*GOVERNMENTAL, "agency", "research", "civil", "private")
