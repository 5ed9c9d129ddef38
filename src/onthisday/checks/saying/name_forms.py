"""Words and endings by which a name is told from an ordinary word, and from another form of it.

Only words stand here. named.py and said.py use them. Words are in small letters, and those of
``PEOPLES`` and ``SHORT`` are folded (`named.folded`).
"""

import re

from onthisday.drafts.languages.language import words

VERBS = words(
    "is was has had became becomes dies died says said writes wrote takes took leads led wins won"
    " makes made gives gave goes went comes came leaves left speaks spoke explains adds tells"
    " told begins began"
)
"""English verbs after a name at the beginning of a sentence: a thing would have an article."""

BEFORE_PLACES = words("in nach aus bei von bis gegen")
"""German words before a place."""

DETERMINERS = words(
    "der die das dem den des ein eine einen einem einer eines kein keine keinen keinem keiner im am"
    " zum zur vom beim ins ans aufs sein seine seinen seinem seiner seines ihr ihre ihren ihrem"
    " ihrer ihres dieser diese dieses diesem diesen jeder jede jedes jedem jeden alle allen aller"
    " viele vielen einige einigen mehrere mehreren unser unsere mein meine beide beiden zwei drei"
    " vier fünf"
)
"""German words before a thing. A name has none of them."""

ORDINARY_ENDING = re.compile(
    r"\w{2,}(?:ly|ing|ed|ness|ment|tion|less|ful|ever|where|fore|wards?|body|one|thing)\Z"
)
"""Endings of ordinary English words that often begin a sentence: "Unpublished", "Meanwhile"."""

ENDINGS = words(
    "s es n en ns an ans ian ians ean eans ish ese ic ics i is y ia ie e er ers a as o os us um in"
    " ine ines ist ists ism isms ite ites land isch ische ischen ischer isches sche schen scher"
    " ens nen ner ano ana ani ane esi ino ina ini ois oise aise ais ien ienne iens enne esa eño eña"
    " és ês esas eses io iano iana ianos ianas"
) | {""}
"""Endings that make other forms of a name: "Stalinist", "Hungarian", "moskauische"."""

PEOPLES = {
    "french": "france", "british": "britain", "dutch": "netherlands", "polish": "poland",
    "pole": "poland", "poles": "poland", "danish": "denmark", "danes": "denmark",
    "turkish": "turkey", "turks": "turkey", "greek": "greece", "greeks": "greece",
    "welsh": "wales", "swiss": "switzerland", "swedish": "sweden", "swedes": "sweden",
    "spanish": "spain", "spaniards": "spain", "irish": "ireland", "finnish": "finland",
    "finns": "finland", "scottish": "scotland", "scots": "scotland", "thai": "thailand",
    "franzosisch": "frankreich", "franzosen": "frankreich", "polnisch": "polen",
    "britisch": "grossbritannien", "russisch": "russland", "deutsche": "deutschland",
    "deutschen": "deutschland", "francais": "france", "anglais": "angleterre",
    "allemand": "allemagne", "tedesco": "germania", "tedeschi": "germania",
    "inglese": "inghilterra", "spagnolo": "spagna", "espanol": "espana", "aleman": "alemania",
    "ingles": "inglaterra", "frances": "francia", "francese": "francia",
}  # fmt: skip
"""Names of peoples that do not begin like their country's name."""

SHORT = {
    "ussr": ("soviet", "union"), "usa": ("united", "states", "america"),
    "us": ("united", "states", "america"), "uk": ("united", "kingdom", "britain"),
    "un": ("united", "nations"), "udssr": ("sowjet", "union", "sowjetunion"),
    "ddr": ("deutsche", "demokratische", "republik"), "urss": ("union", "unione", "sovietica"),
    "ссср": ("советский", "союз"),
}  # fmt: skip
"""Short names, with words of the whole names."""
