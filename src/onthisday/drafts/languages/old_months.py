"""Names of months as church books write them in many languages: ``Januarii``, ``8bris``.

The number is the one that the name says in Latin: the seventh month, ``7ber``, is September.
"""

from onthisday.drafts.languages.language import numbered

_NUMERALS = {"7": 9, "vii": 9, "8": 10, "viii": 10, "9": 11, "ix": 11, "10": 12, "x": 12}
_ENDINGS = ("ber", "br", "bre", "bris", "bro", "embris", "mbre")

LATIN = (
    numbered("januarii februarii martii aprilis maii junii julii"
             " augusti septembris octobris novembris decembris")
    | numbered("januarij februarij martij aprilis maij junij julij")
    | numbered("ianuarii februarii martii aprilis maii iunii iulii")
    | {numeral + ending: number for numeral, number in _NUMERALS.items() for ending in _ENDINGS}
)  # fmt: skip
"""Their numbers, 1 for January."""
