"""English: both orders, ``February 25th, 1956`` and ``25 February 1956``."""

from onthisday.drafts.languages.language import NAMED, Language, numbered, phrases, words
from onthisday.drafts.languages.old_months import LATIN

_BEFORE_NTH = ("on", "by", "until", "till", "since", "before", "after", "from", "between")
_LEADS_IN = phrases(
    "in, by, since, until, till, during, before, after, from, to, of, through, throughout, between"
    ", early, mid, late, and, or, on, year, years, around, about, circa, c., ca."
)

ENGLISH = Language(
    code="en",
    months=numbered("january february march april may june july"
                    " august september october november december"),
    short=numbered("jan feb mar apr may jun jul aug sep oct nov dec") | {"sept": 9},
    old=LATIN
        | numbered("januarie februarie marche aprill maie iune iulie auguste septembre octobre"
                   " novembre decembre")
        | numbered("jany febry mch apl may june july augt septr octr novr decr")
        | numbered("janry feby mar aprl may jun iuly augt septbr octbr novbr decbr")
        | {"febr": 2, "octobr": 10, "decembr": 12, "novembr": 11, "septembr": 9},
    frequent=words("a the of and to that for with were had from by which on as was his her he"
                   " she it at is are in this they not be an or but after my you your"),
    seasons={"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24},
    days={
        "the next day": 1, "the following day": 1, "the day after": 1, "the day following": 1,
        "the next morning": 1, "the following morning": 1, "a day later": 1, "one day later": 1,
        "the day before": -1, "the previous day": -1,
        "that same day": 0, "the same day": 0, "that day": 0, "this day": 0,
        "later that day": 0, "that morning": 0, "that afternoon": 0, "that evening": 0,
        "that night": 0, "that same night": 0, "the same night": 0,
    },
    years={
        "later that year": 0, "that same year": 0, "the same year": 0, "that year": 0,
        "the following year": 1, "the next year": 1, "a year later": 1, "one year later": 1,
        "the previous year": -1, "the year before": -1,
    },
    numbers=numbered("two three four five six seven eight nine ten eleven twelve", 2),
    begins=frozenset({"ad", "a"}),
    day_first=False,
    capitals=True,
    spelled=numbered("first second third fourth fifth sixth seventh eighth ninth tenth"
                     " eleventh twelfth thirteenth fourteenth fifteenth sixteenth"
                     " seventeenth eighteenth nineteenth twentieth twenty-first"
                     " twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth"
                     " twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"),
    of_spelled=r"(?:\sday)?\sof(?:\sthe\smonth\sof|\sye)?\s",
    ordinal=r"(?i:st|nd|rd|th|d)\.?|ˢᵗ|ⁿᵈ|ʳᵈ|ᵗʰ|ᵈ",
    the=r"the|ye",
    of_month=r"(?:day\s)?of(?:\sye|\sthe\smonth\sof)?",
    of_year=r"of|in|(?i:anno)|(?:(?:of|in)\s)?the\syear(?:\sof\s(?:our\s(?i:lord)|grace))?",
    joins=r"(?:and|to|or|through|until)(?:\sthe)?",
    until=r"to|until|till|through",
    between=phrases("between"),
    about=phrases("abt, abt., c., ca., circa, around, about, approximately, roughly"),
    leads_in=_LEADS_IN | {f"{lead} the" for lead in _LEADS_IN},
    surely=phrases("in, since, during, until, till"),
    in_the_year=phrases("anno, anno domini, in the year, in the year of"),
    in_year=r"in",
    before_christ=r"BCE?|B\.C\.(?:E\.)?",
    after_christ=r"(?i:anno\sd(?:omi)?ni\.?)|AD|A\.D\.|CE|C\.E\.",
    counts=r"men|women|people|children|infantry|cavalry|Germans|Russians|Americans|Italians"
           r"|Japanese|Poles|Jews|Prussians|Austrians|Turks|Greeks|Romans|Spaniards|Indians"
           r"|(?!(?:was|has|is|as|this|his|its|does)\b)[a-z]{2,20}s",
    numbered=r"no\.|price|\d{1,3}s|nos|nrs?|numbers?|num|№|#|n[°º]|vols?|volumes?|pp?|pgs?|pages?|fols?|folios?"
             r"|ff|ch|chaps?|chapters?|sect?|sections?|§{1,2}|arts?|articles?|figs?|figures?"
             r"|plates?|tables?|appendix|psalms?|verses?|bks?|books?|pts?|parts?|sheets?|lots?"
             r"|plots?|box|boxes|folders?|files?|items?|drawers?|reels?|cartons?|packets?"
             r"|bundles?|docs?|documents?|exhibits?|footnotes?|rooms?|apts?|apartments?|suite"
             r"|flat|blocks?|wards?|huts?|cells?|platforms?|tracks?|gates?|piers?|docks?|berths?"
             r"|routes?|highways?|channels?|studios?|flights?|types?|mark|mk|models?|grades?|form"
             r"|op|opus|rows?|columns?|steps?|phase|stage|weeks?|class|tram|tank|unit|aged?|area"
             r"|zone|sector|apollo|formula|u-boat|mss?|rolls?|membrane|refs?|cat|inv|acc|serial"
             r"|invoice|ticket|patent|bed|seat|cabin|deck|coach|carriage|hill|grave|trench"
             r"|specimen|sample|series|frame|scene|episode|tape|symphony|sonata|concerto|quartet"
             r"|prelude|version|clause|paras?|paragraphs?|schedule|rule|annexe?|question"
             r"|world\swar|mile|shaft|lesson",
    named=NAMED + r"|no|game|round|match|bowl|genesis|exodus|isaiah|romans|corinthians|hebrews"
                  r"|acts?|battalion|brigade|bulletin|bus|camp|case|circular|company|convoy"
                  r"|decree|district|division|group|issue|law|line|mine|orders?|patrol|pit|regiment"
                  r"|resolution|squadron|stalag|station|train|troop",
    before_day=words("upon on in at by from to near of the and since until till before after"
                     " between for this last next monday tuesday wednesday thursday friday"
                     " saturday sunday mon tue tues wed thu thur thurs fri sat sun born died"
                     " married baptised baptized christened buried killed founded opened closed"
                     " built published released issued dated signed written printed sent"
                     " received arrived departed sailed left elected appointed crowned executed"
                     " hanged arrested captured enlisted promoted discharged commissioned"
                     " launched sunk lost completed begun started ended established created"
                     " formed dissolved incorporated adopted ratified enacted posted updated"
                     " yesterday today early late proved delivered recorded registered filed"
                     " made taken held met resigned retired moved returned joined appeared"
                     " effective"),
    feasts={
        "christmas day": "12-25", "xmas day": "12-25", "christmas": "12", "christmas eve": "12-24",
        "boxing day": "12-26", "holy innocents' day": "12-28",
        "new year's day": "01-01", "new year's eve": "12-31", "candlemas": "02",
        "candlemas day": "02-02", "st. valentine's day": "02-14", "st. david's day": "03-01",
        "st. patrick's day": "03-17", "lady day": "03", "st. george's day": "04-23",
        "anzac day": "04-25", "may day": "05-01", "midsummer day": "06-24",
        "bastille day": "07-14", "lammas": "08",
        "lammas day": "08-01", "st. bartholomew's day": "08-24", "michaelmas": "09",
        "michaelmas day": "09-29", "st. crispin's day": "10-25", "halloween": "10",
        "hogmanay": "12-31",
        "st. michael's day": "09-29", "st. martin's day": "11-11", "st. luke's day": "10-18",
        "st. mark's day": "04-25", "st. peter's day": "06-29", "st. swithin's day": "07-15",
        "all saints": "11-01", "all hallows' day": "11-01", "assumption day": "08-15",
        "midsummer eve": "06-23", "all hallows' eve": "10-31",
        "all saints' day": "11-01", "armistice day": "11-11", "martinmas": "11",
        "martinmas day": "11-11", "st. andrew's day": "11-30",
    },
    not_the_feast=r"(?:eve|vigil|morrow|octave|week|fortnight|translation)\sof(?:\sthe)?"
                  r"|orthodox|russian|chinese|old|jewish|lunar|coptic|armenian|greek|serbian"
                  r"|ethiopian|persian|vietnamese|tibetan|korean|eastern|julian",
    century=r"(?P<nth>\d{1,2})(?:st|nd|rd|th)[\s-]century",
    decade=r"(?P<decade>\d{3}0)[’']?s"
           r"|(?:(?<=[’'])|(?<=\bearly.)|(?<=\bmid.)|(?<=\blate.)|(?<=\bthe.))(?P<short>\d0)[’']?s",
    nth_day="(?:" + "|".join(rf"(?<=\b{word} the )" for word in _BEFORE_NTH) + ")"
            r"(?P<day>\d{1,2})(?:st|nd|rd|th)(?=\s?[,.;:)]|\sof\s(?:that|the|the\ssame)\smonth\b|\s?\Z)",
    days_later=r"(?P<count>\d{1,3}|[a-z]{1,15})\sdays\s(?:later|(?P<back>earlier))",
    reformed=(1752, 9, 14),
    lady_day=True,
    links=words("on the monday tuesday wednesday thursday friday saturday sunday even"),
    sides=phrases("ante, post, bef, bef., aft, aft., before, after, since, following, preceding"
                  ", prior to, previous to, subsequent to, until, till, up to"),
    bounds=phrases("bet, bet., betw, betw., "
                   "at least, at most, almost, by, from, between, to, through, throughout, past"
                   ", later than, earlier than, sooner than, not before, as of, beginning"
                   ", starting, ending, week of, weeks of, days of, eve of, morrow of"
                   ", as late as, as far back as, ahead of, in advance of, leading up to"
                   ", as from, effective, commencing, predates, antedates, postdates, month of"
                   ", fortnight of, hours of, year of, near, toward, towards, not, scheduled for"
                   ", planned for, set for, fixed for, intended for, announced for, due"
                   ", expiring, within"),
    bounds_after=phrases("at the latest, at the earliest, or earlier, or later, or before"
                         ", or after, or thereabouts, or so, or soon after, onward, onwards"
                         ", at latest, at earliest"),
    ends=phrases("until, till, up to, up until"),
    then=phrases("then, on that day, that day, that night, after that, afterwards, thereupon"
                 ", it was then, on this day"),
    when=phrases("when"),
    of=words("of"),
    hedges=phrases("probably, perhaps, possibly, presumably, maybe, likely, supposedly"
                   ", allegedly, reportedly, apparently, seemingly, traditionally, conjecturally"
                   ", purportedly, it is said, is said, was said, are said, they say, it seems"
                   ", it appears, seems, may have, might have, could have, must have"
                   ", is believed, was believed, it is believed, is thought, was thought"
                   ", rumoured, rumored, is supposed, according to tradition, tradition has"
                   ", by tradition, legend has, according to legend, not certain, conjectured"
                   ", presumed, prob, poss, arguably, ostensibly, likelihood, probability"
                   ", is reputed, reputedly, is alleged, according to some, some say"
                   ", some sources, conceivably, would have, is claimed, i think, i believe"
                   ", not sure, tentatively, date is unknown, date is uncertain, it may be"
                   ", may be, might be, could be, is unclear, said to, thought to, believed to"
                   ", supposed to, uncertain ), doubtful ), questionable ), unsure ), unclear )"
                   ", is uncertain, date is doubtful, is not certain"),
    ands=words("and but while"),
    either=phrases("or, or on, or the, or on the, or perhaps, or else"),
    spans=phrases("to, until, till, through, up to, thru, to the, until the, through the"),
    night=words("night nights overnight"),
    in_calendar=r"(?i:(?:by|in|of|under|according\sto)(?:\sthe)?)",
    old_style=r"OS\b|(?i:old\s(?:style|calendar|reckoning)|julian\s(?:calendar|style|reckoning|date))\b"
              r"|Julian(?=[)\]:])",
    new_style=r"N\.\s?S\.|NS\b|(?i:new\s(?:style|calendar|reckoning))\b|Gregorian(?=[)\]:])"
              r"|(?i:gregorian\s(?:calendar|style|reckoning|date))\b",
    birth=r"(?<!-)born|births?|birthda(?:y|te)s?|b\.(?=\s?(?:\d|\w{3,9}\.?\s\d))|came\sinto\sthe\sworld",
    death=r"died|dies|dying|deaths?|deceased|d\.(?=\s?(?:\d|\w{3,9}\.?\s\d))|passed\saway|was\s(?:killed|executed|hanged|beheaded)"
          r"|perished",
    marriage=r"marri(?:ed|es|age)|weddings?|wedded",
    is_born="{} is born",
    dies="{} dies",
    consulted=r"(?:date\s)?(?:retrieved|accessed|archived|web\sarchive|archive\scopy)(?:\sfrom\s"
              r"(?:the\s)?original)?(?:\sdate)?(?:\son|\sat)?"
              r"|(?:th(?:is|e)\s)?(?:page|article|entry|site|notice)\s(?:was\s)?(?:last\s)?"
              r"(?:edited|modified|updated|changed|reviewed|archived|revised|saved)(?:\son|\sat)?"
              r"|last\s(?:edited|modified|updated|changed|reviewed|revised)(?:\son|\sat)?"
              r"|(?:date\s)?last\saccessed(?:\son)?|page\sversion",
    posted=r"(?:first\s|last\s|originally\s)?"
           r"(?:published|posted|updated|modified|edited|printed|uploaded|created|added"
           r"|submitted)(?:\s(?:on|at))?|today(?:\sis)?",
)  # fmt: skip
