"""How much a nightly test does. NIGHTLY_SHARE=0.1 makes each of them a tenth as long, for trying it out."""

import os

SHARE = float(os.environ.get("NIGHTLY_SHARE", "1"))
SEED = 20_261_122


def scaled(count: int, least: int = 1) -> int:
    return max(least, int(count * SHARE))
