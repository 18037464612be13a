"""Words as they are compared: without case, accents and marks, and which of them say nothing alone."""

import re
import unicodedata

WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u064b-\u065f\u0670]|-(?=[^\W_]))*")
# Alef wasla, ta marbuta, alef maksura, and the yeh and kaf of other keyboards; kashida goes.
ARABIC = str.maketrans("\u0671\u0629\u0649\u06cc\u06a9", "\u0627\u0647\u064a\u064a\u0643", "\u0640")
ONE_SPELLING = ARABIC | str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l"})
ARTICLE = "ال"
SHORTEST_ARABIC = 3

STOP_WORDS = {
    "en": "a about all also am among an and any are as at be because been being between both but by can"
    " could did do does each few for from had has have he her his how i if in into is it its just me"
    " more most much must my no not of off on only or other our out over own same she should so some"
    " such than that the their them then there these they this those through to too under until up us"
    " very was we were what when where which while who whom why will with would you your don isn doesn"
    " didn re ve ll",
    "fr": "a afin ai aient ainsi alors as au aucun aussi autre aux avec avoir avons c ca car ce cela ces"
    " cet cette chaque comme d dans de des donc du elle elles en encore entre es est et etc ete etre"
    " eu eux fait faut il ils j je l la le les leur leurs lui m ma mais me meme mes moi mon n ne ni"
    " nos notre nous on ont ou par pas peu plus pour qu quand que quel quelle qui quoi s sa sans se"
    " sera ses si soit son sont sous sur t ta te tes toi ton tous tout toute toutes tres tu un une"
    " vers vos votre vous y",
    "es": "a al algo ante antes aqui asi aun cada como con contra cual cuando de debe del desde donde dos e"
    " el ella ellas ellos en entre era es esa ese eso esta estan este esto fue ha han hay la las le"
    " les lo los mas me mi mis mucho muy nada ni no nos nosotros o os otra otro para pero poco por"
    " porque pues que quien se sea ser si sin sobre solo son su sus tambien te tener ti tiene todo"
    " todos tu tus u un una unas unos y ya yo",
    "pt": "a ainda ao aos as ate cada com como da das de dela dele deles depois do dos e ela elas ele eles"
    " em entre era essa esse esta este eu foi ha isso isto ja la lhe mais mas me mesmo meu minha muito"
    " na nao nas nem no nos nossa nosso num numa o os ou para pela pelo por porque qual quando que"
    " quem se sem ser seu seus so sua suas tambem te tem ter todo todos tu tudo um uma umas uns voce",
    "ar": "في من على إلى عن مع هذا هذه ذلك تلك التي الذي الذين هو هي هم نحن أنا أنت كان كانت يكون تكون لا"
    " لم لن ما أن إن أو و ثم قد كل بعض بين عند حول حتى إذا لأن لكن غير بدون يجب ليس كما أي هناك منذ"
    " بعد قبل بها به له لها لهم فيها فيه منها منه فيما بينها",
}


def folded(text: str) -> str:
    """Write a text without case, accents, marks and the spellings that people mix up."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).casefold()
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).translate(ONE_SPELLING)


def words(text: str) -> list[str]:
    """Give the words of a text as they are written."""
    return WORD.findall(unicodedata.normalize("NFC", text))


def key(word: str) -> str:
    """Give what a word is compared by; in Arabic without its article."""
    plain = folded(word)
    if plain.startswith(ARTICLE) and len(plain) >= len(ARTICLE) + SHORTEST_ARABIC:
        return plain[len(ARTICLE) :]
    return plain


def silent(language: str) -> frozenset[str]:
    """Give the words of a language, or of all when it is unknown, that say nothing alone."""
    return SILENT.get(language, ALL)


SILENT = {language: frozenset(map(key, text.split())) for language, text in STOP_WORDS.items()}
ALL = frozenset().union(*SILENT.values())
