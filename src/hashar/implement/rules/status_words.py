"""How far a measure is, as people write it in seven languages → :class:`Status`.

Case, script, doubled letters and spaces are forgiven, and one or two slips of the hand; but never so that a word with
a «not» becomes one without.
"""

import difflib
from collections.abc import Mapping
from functools import cache, lru_cache

from hashar.i18n import LANGUAGES, Translator
from hashar.i18n.spelling import fold
from hashar.implement.contracts.progress import Status
from hashar.implement.contracts.words import STATUS_WORDS

CLOSE = 0.88
"""Least likeness of a misspelt word."""
AHEAD = 0.06
"""How much less like it every other status must be."""
LONGEST = 60
"""Letters of a text that can be one of the words."""
_SAID: Mapping[Status, str] = {
    Status.NOT_STARTED: """not started, not begun, не начато, не начата, не начат, не начали, не начиналось,
        не приступали, басталмады, басталған жоқ, басталмаған, башталган жок, баштала элек, boshlanmagan, boshlanmadi,
        оғоз нашуд, оғоз нашудааст, başlanmady, başlanmadyk""",
    Status.UNDER_WAY: """under way, in progress, ongoing, started, partly done, partially done, в работе, начато,
        на исполнении, исполняется, выполняется, в процессе, в процессе исполнения, в стадии исполнения, ведётся работа,
        частично исполнено, исполнено частично, частично выполнено, выполнено частично, орындалуда, басталды,
        орындалу үстінде, жүргізілуде, жұмыс жүргізілуде, ішінара орындалды, аткарылууда, башталды, жүрүп жатат,
        жарым-жартылай аткарылды, bajarilmoqda, jarayonda, qisman bajarildi, amalga oshirilmoqda, дар ҳоли иҷро,
        иҷро шуда истодааст, қисман иҷро шуд, ýerine ýetirilýär, dowam edýär, bölekleýin ýerine ýetirildi""",
    Status.DONE: """done, carried out, completed, complete, fulfilled, finished, implemented, исполнено, исполнена,
        исполнен, исполнены, выполнено, выполнена, выполнен, выполнены, завершено, завершена, завершён, сделано, готово,
        проведено, реализовано, орындалды, орындалған, аяқталды, өткізілді, жүзеге асырылды, аткарылды, аткарылган,
        аяктады, бүттү, bajarildi, bajarilgan, tugatildi, yakunlandi, amalga oshirildi, иҷро шуд, иҷро шудааст,
        иҷрошуда, анҷом ёфт, ýerine ýetirildi, tamamlandy""",
    Status.NOT_DONE: """not done, not carried out, not completed, not fulfilled, missed, overdue, не исполнено,
        не исполнена, не исполнен, не исполнены, не выполнено, не выполнена, не выполнен, не выполнены, не завершено,
        не сделано, не проведено, не реализовано, просрочено, сорвано, орындалмады, орындалған жоқ, орындалмаған,
        аткарылган жок, аткарылбады, аткарылбай калды, bajarilmadi, bajarilmagan, иҷро нашуд, иҷро нашудааст,
        иҷронашуда, ýerine ýetirilmedi""",
    Status.TAKEN_OFF: """taken off, taken off control, removed, withdrawn, cancelled, снято с контроля,
        снята с контроля, снят с контроля, сняты с контроля, снято, исключено, бақылаудан алынды,
        бақылаудан шығарылды, алынып тасталды, көзөмөлдөн алынды, nazoratdan olindi, nazoratdan chiqarildi,
        аз назорат гирифта шуд, gözegçilikden aýryldy""",
}


@lru_cache(maxsize=1024)
def read_status(text: str) -> Status | None:
    """The status that a text means; None: it is none of the words, or it could be two of them."""
    known, typed = _known(), _squeezed(text)
    if typed in known:
        return known[typed]
    if len(typed) > LONGEST:
        return None
    likeness: dict[Status, float] = dict.fromkeys(Status, 0.0)
    for word, status in known.items():
        likeness[status] = max(likeness[status], _likeness(typed, word))
    first, second = sorted(likeness, key=lambda status: -likeness[status])[:2]
    clear = likeness[first] >= CLOSE and likeness[first] - likeness[second] >= AHEAD
    return first if clear else None


def _likeness(typed: str, word: str) -> float:
    """0 to 1; 0 where it cannot be enough to matter."""
    matcher = difflib.SequenceMatcher(None, typed, word, autojunk=False)
    least = CLOSE - AHEAD
    return matcher.ratio() if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least else 0.0


@cache
def _known() -> Mapping[str, Status]:
    """Every word without spaces and marks; what the product itself says counts most."""
    found = {_squeezed(word): status for status, words in _SAID.items() for word in " ".join(words.split()).split(", ")}
    for language in LANGUAGES:
        translator = Translator(language)
        found |= {_squeezed(translator.gettext(word)): status for status, word in STATUS_WORDS.items()}
    return found


def _squeezed(text: str) -> str:
    return fold(text).replace(" ", "")
