"""Who is who in Larkrise Care: the invented people with a sign-in, and names for everybody else."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from heedful.demo.script import read
from heedful.foundation.access.roles import Role

CODE = "larkrise"


@dataclass(frozen=True)
class Part:
    """Somebody with a sign-in on the start page. `key` is their user name after the organisation's code."""

    key: str
    name: str
    role: Role
    job: str
    services: tuple[str, ...] = ()
    works_here: bool = True

    @property
    def username(self) -> str:
        return f"{CODE}/{self.key}"


CAST = (
    Part("joss", "Joss Pellow", Role.CARE_WORKER, "Care worker, nights", ("rowan_house",)),
    Part("dawit", "Dawit Bekele", Role.CARE_WORKER, "Care worker, evening round", ("homecare_south",)),
    Part("shanice", "Shanice Obidike", Role.CARE_WORKER, "Support worker", ("millbrook",)),
    Part("bronagh", "Bronagh Ormsby", Role.TEAM_LEADER, "Team leader", ("rowan_house",)),
    Part("gethin", "Gethin Trevanion", Role.REGISTERED_MANAGER, "Registered manager", ("homecare_north",)),
    Part("tunde", "Tunde Ravensdale", Role.REGISTERED_MANAGER, "Registered manager", ("homecare_south",)),
    Part("amira", "Amira Haldenby", Role.REGISTERED_MANAGER, "Registered manager", ("rowan_house",)),
    Part("morwen", "Morwen Tarrant", Role.REGISTERED_MANAGER, "Registered manager", ("elm_court",)),
    Part("kofi", "Kofi Penhallow", Role.REGISTERED_MANAGER, "Registered manager", ("millbrook",)),
    Part("imelda", "Imelda Wintersgill", Role.SAFEGUARDING_LEAD, "Safeguarding and quality lead"),
    Part("suresh", "Suresh Rastogi", Role.NOMINATED_INDIVIDUAL, "Nominated individual"),
    Part("agnieszka", "Agnieszka Dziedzal", Role.INDEPENDENT_CONTACT, "Independent contact"),
    Part("lorna", "Lorna Brockhurst", Role.ADMINISTRATOR, "Administrator"),
    Part("inspector", "Ruth Cavendale", Role.INSPECTOR, "Inspector", works_here=False),
    Part("commissioner", "Anil Gildersome", Role.COMMISSIONER, "Commissioner", works_here=False),
)
# They decide and administer too, and have no sign-in on the start page.
BEHIND = (
    Part("carys", "Carys Abernant", Role.REGISTERED_MANAGER, "Registered manager", ("fernleigh",)),
    Part("pawel", "Pawel Zawistow", Role.REGISTERED_MANAGER, "Registered manager", ("tarn_view",)),
    Part("sunita", "Sunita Gunasekar", Role.REGISTERED_MANAGER, "Registered manager", ("beck_lodge",)),
    Part("marlon", "Marlon Vosper", Role.REGISTERED_MANAGER, "Registered manager", ("orchard_close", "quarry_bank")),
    Part(
        "hattie", "Hattie Lapworthy", Role.REGISTERED_MANAGER, "Registered manager", ("lantern_street", "short_stays")
    ),
    Part("keir", "Keir Stainmore", Role.ADMINISTRATOR, "Administrator"),
)


def part(key: str) -> Part:
    return next(one for one in (*CAST, *BEHIND) if one.key == key)


def manager_of(service: str) -> Part:
    return next(one for one in (*CAST, *BEHIND) if one.role is Role.REGISTERED_MANAGER and service in one.services)


@dataclass(frozen=True)
class Called:
    """An invented person supported."""

    name: str
    he: bool
    older: bool

    @property
    def short(self) -> str:
        """As staff say it: Mr Kettleby, or Callum."""
        first, _, last = self.name.partition(" ")
        return f"{'Mr' if self.he else 'Mrs'} {last}" if self.older else first

    def fill(self, words: str, colleague: str, place: str) -> str:
        """The words with this person and a colleague in them."""
        he = ("he", "him", "his", "himself") if self.he else ("she", "her", "her", "herself")
        blanks = dict(zip(("he", "him", "his", "himself"), he, strict=True))
        blanks |= {"He": he[0].capitalize(), "His": he[2].capitalize()}
        return words.format(**blanks, p=self.short, c=colleague, place=place or "room")


def people(older: bool, rng: Random) -> Iterator[Called]:
    """People supported, without end; a full name comes once in a service."""
    first = read("names")["older" if older else "younger"]
    seen = set()
    while True:
        he = rng.random() < (0.34 if older else 0.55)
        name = f"{rng.choice(first['he' if he else 'she'])} {rng.choice(read('names')['surnames'])}"
        if name not in seen:
            seen.add(name)
            yield Called(name, he, older)


def story_person(name: str, older: bool) -> Called:
    """Somebody that a story names: the first name says how to speak of them."""
    names = read("names")
    men = {*names["older"]["he"], *names["younger"]["he"], "Percival"}
    return Called(name, name.split()[0] in men, older)


def staff_names(rng: Random) -> Iterator[str]:
    """Names of staff, without end; each once."""
    names, seen = read("names"), {one.name for one in (*CAST, *BEHIND)}
    while True:
        name = f"{rng.choice(names['staff'])} {rng.choice(names['surnames'])}"
        if name not in seen:
            seen.add(name)
            yield name
