"""Could a typed name mean this very person? Pure, and wide on purpose: in doubt, somebody else looks after the case."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from heedful.foundation.access.roles import Role
from heedful.foundation.access.viewer import Viewer
from heedful.foundation.workplace.matching import plain

ALIKE = 65
SHORTEST_START = 3
# What people call each other instead; a name and its short forms share a line.
_SHORT_FORMS = (
    "alexander alexandra alex sandy sasha",
    "andrew andy drew",
    "anthony tony",
    "catherine katherine kathleen cathy kathy kate katie kat",
    "christopher christine christina chris kit tina",
    "edward edmund ed eddie ted teddy ned",
    "elizabeth eliza liz lizzie beth betty libby",
    "francis frances fran frank frankie",
    "henry harry hal",
    "james jim jimmy jamie",
    "john jonathan johnny jack jon",
    "margaret maggie meg peggy greta",
    "mary molly polly",
    "michael mike mick mickey",
    "nicholas nicola nick nicky",
    "patrick patricia pat paddy trish patsy",
    "richard rick dick rich ricky",
    "robert rob bob bobby bert",
    "samuel samantha sam sammy",
    "sarah sally",
    "stephen steven stephanie steve steph",
    "theresa teresa terry tess",
    "thomas tom tommy",
    "victoria vicky tori",
    "william will bill billy liam",
)
_ALSO = {name: frozenset(line.split()) for line in _SHORT_FORMS for name in line.split()}
# Words of a description that are nobody's name; without them "the tall man" could be a Mr Hall.
_DESCRIBING = (
    "a an the one of with in on at and or who that was is from to her his their my our i he she they them him me you"
    " some somebody someone anybody man woman lady guy bloke boy girl person people member staff agency new old young"
    " tall short big small dark fair long hair blue red green black white grey tunic uniform coat badge lanyard glasses"
    " beard voice night day evening morning shift team floor home house dont not know name unknown called maybe"
)
_NO_NAMES = frozenset(_DESCRIBING.split())
_POSTS: dict[Role, frozenset[str]] = {
    Role.SAFEGUARDING_LEAD: frozenset({"lead", "safeguarding", "quality", "boss", "manager"}),
    Role.NOMINATED_INDIVIDUAL: frozenset({"nominated", "individual", "director", "owner", "boss", "chief", "provider"}),
    Role.INDEPENDENT_CONTACT: frozenset({"independent", "contact", "guardian"}),
    Role.INSPECTOR: frozenset({"inspector"}),
}


@dataclass(frozen=True)
class Somebody:
    """A person as far as names, initials and posts go."""

    names: tuple[str, ...]
    job_title: str = ""
    roles: frozenset[str] = frozenset()


def of_viewer(viewer: Viewer) -> Somebody:
    """The viewer, by every name we know for them."""
    return Somebody((viewer.name, *viewer.called), viewer.job_title, frozenset(viewer.roles))


def may_be(typed: str, one: Somebody, *, by_post: bool = True) -> bool:
    """Could `typed` mean this person? By any part of a name, near or short, by initials, or by what their post is."""
    words = plain(typed).split()
    telling = [word for word in words if word not in _NO_NAMES]
    own = {word for name in one.names for word in plain(name).split()}
    if any(_alike(word, part) for word in telling for part in own):
        return True
    if _initials(telling) & {_first_letters(name) for name in one.names} - {""}:
        return True
    return by_post and _is_post(words, one)


def may_be_any(typed: Iterable[str], one: Somebody, *, by_post: bool = True) -> bool:
    return any(may_be(name, one, by_post=by_post) for name in typed)


def surely_another(typed: Iterable[str], one: Somebody) -> bool:
    """Is each of these a name, and none of them near this person's? A description of somebody may mean anyone."""
    names = list(typed)
    return all(_is_a_name(name) for name in names) and not may_be_any(names, one)


def _is_a_name(typed: str) -> bool:
    return any(word not in _NO_NAMES and len(word) > 1 for word in plain(typed).split())


def _alike(word: str, part: str) -> bool:
    if len(word) == 1:
        return part.startswith(word)
    if word == part or word in _ALSO.get(part, ()):
        return True
    start = min(len(word), len(part))
    if start >= SHORTEST_START and (word.startswith(part) or part.startswith(word)):
        return True
    return start >= SHORTEST_START and fuzz.ratio(word, part) >= ALIKE


def _initials(words: list[str]) -> set[str]:
    """What was typed, read as initials: "FB" and "F. B."."""
    found = {word for word in words if len(word) in (2, 3)}
    if words and all(len(word) == 1 for word in words):
        found.add("".join(words))
    return found


def _first_letters(name: str) -> str:
    return "".join(word[0] for word in plain(name).split())


def _is_post(words: list[str], one: Somebody) -> bool:
    posts = {word for role in one.roles for word in _POSTS.get(Role(role), ())}
    posts |= {word for word in plain(one.job_title).split() if len(word) > SHORTEST_START}
    return bool(posts & set(words))
