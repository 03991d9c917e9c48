"""How much is tried: every day a part, and all of it with `DESKBREAK_THOROUGH=1`."""

import os

THOROUGH = bool(os.environ.get("DESKBREAK_THOROUGH"))


def examples(all_of_them: int) -> int:
    """So many of Hypothesis's examples: a fifth every day, but ten at least."""
    return all_of_them if THOROUGH else min(all_of_them, max(10, all_of_them // 5))
