"""First, second, third … as each language counts challenges."""

# the Arabic ordinals agree with the masculine noun for a challenge
UNITS = (
    "",
    "الأول",
    "الثاني",
    "الثالث",
    "الرابع",
    "الخامس",
    "السادس",
    "السابع",
    "الثامن",
    "التاسع",
)
TENS = (
    "",
    "العاشر",
    "العشرون",
    "الثلاثون",
    "الأربعون",
    "الخمسون",
    "الستون",
    "السبعون",
    "الثمانون",
    "التسعون",
)
HUNDRED = 100
CHALLENGE = {"en": "challenge", "fr": "défi", "pt": "desafio", "es": "desafío", "ar": "التحدي"}


def nth_challenge(number: int, language: str) -> str:
    """Name the challenge at a place: 1st challenge, 1er défi, التحدي الأول."""
    noun = CHALLENGE[language]
    return f"{noun} {_arabic(number)}" if language == "ar" else f"{_latin(number, language)} {noun}"


def _latin(number: int, language: str) -> str:
    if language == "fr":
        return f"{number}er" if number == 1 else f"{number}e"
    if language == "pt":
        return f"{number}.º"
    if language == "es":
        return f"{number}.er" if number % 10 in (1, 3) and number % HUNDRED not in (11, 13) else f"{number}.º"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}th" if number % HUNDRED in (11, 12, 13) else f"{number}{ending}"


def _arabic(number: int) -> str:
    tens, units = divmod(number, 10)
    if not 0 < number < HUNDRED:
        return f"رقم {number}"
    if tens == 0:
        return UNITS[units]
    if units == 0:
        return TENS[tens]
    unit = "الحادي" if units == 1 else UNITS[units]
    return f"{unit} عشر" if tens == 1 else f"{unit} و{TENS[tens]}"
