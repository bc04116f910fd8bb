"""The level tool: CPU time of one suggestion, pure rules only, over 1,000 made-up sets of facts.

Run: python benchmarks/triage.py
"""

import random
import time
from datetime import date

from heedful.foundation.policies import Answer, Harm, rulebook, taxonomy
from heedful.loop.duties.facts import Facts, History
from heedful.loop.duties.rules import assess

HOW_MANY = 1_000
REPEATS = 5
LIMIT_MS = 2.0
ANSWERS = ("made_safe", "safeguarding", "clinical", "crime_suspected", "police_involved", "under_18", "consent")


def some(draw: random.Random) -> Facts:
    """Legal facts, drawn evenly: more of them are grave than in life, so more rows hold and more has to be said."""
    types = taxonomy("core_types").slugs()
    return Facts(
        **{name: draw.choice(list(Answer)) for name in ANSWERS},
        types=frozenset(draw.sample(types, draw.randint(0, 2))),
        abuse_types=frozenset(draw.sample(taxonomy("abuse_types").slugs(), draw.randint(0, 2))),
        signs=frozenset(draw.sample(taxonomy("signs").slugs(), draw.randint(0, 2))),
        signs_checked=Answer.YES,
        harm_to_body=draw.choice(list(Harm)),
        harm_to_mind=draw.choice([harm for harm in Harm if harm is not Harm.FATAL]),
        people_affected=draw.randint(1, 4),
        history=History(similar_before=draw.randint(0, 4), same_source_before=draw.randint(0, 2)),
    )


def main() -> None:
    draw = random.Random(7)
    book = rulebook(on=date(2026, 11, 22), nation="england")
    facts = [some(draw) for _ in range(HOW_MANY)]
    for one in facts[:50]:
        assess(one, book)
    times = []
    for _ in range(REPEATS):
        started = time.process_time()
        for one in facts:
            assess(one, book)
        times.append((time.process_time() - started) / HOW_MANY * 1_000)
    verdict = "met" if min(times) <= LIMIT_MS else "MISSED"
    print(f"{HOW_MANY:,} suggestions, best of {REPEATS}: {min(times):.3f} ms CPU each, worst run {max(times):.3f} ms")
    print(f"limit {LIMIT_MS:g} ms: {verdict}")


if __name__ == "__main__":
    main()
