"""How many examples a rule is tried on, where Hypothesis's own hundred are not the right number."""

from hypothesis import settings


def examples(number: int) -> settings:
    """Return settings of so many examples; a profile that tries fewer tries its share of them."""
    return settings(max_examples=max(1, number * settings().max_examples // 100))
