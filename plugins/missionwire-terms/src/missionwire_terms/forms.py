"""The forms in which texts write dates. Each has a group `told`, what a mention covers, and groups for its parts."""

import re
from typing import Final

_WEEKDAY: Final = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SOME_WEEKDAY: Final = rf"(?:(?P<which>(?i:this|last|next|past|coming))\s+)?(?P<weekday>{_WEEKDAY})"
_MONTH: Final = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)(?!\w)"
)
_ANY_MONTH: Final = re.sub(r"\?P<month>", "?:", _MONTH)
_PART_OF_DAY: Final = r"(?:\s+(?:morning|afternoon|evening|night))?"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_ANY_YEAR: Final = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d)"
_PERHAPS_A_YEAR: Final = rf"(?:,?\s+(?:of\s+)?{_ANY_YEAR})?"
_THAT_YEAR: Final = (
    r"(?:of\s+)?(?P<whose>that(?:\s+same)?|the\s+(?:same|following|next|previous)|this|next|last)\s+year(?!\w)"
)
_PERHAPS_WHOSE_YEAR: Final = rf"(?:,?\s+(?:(?:of\s+)?{_ANY_YEAR}|{_THAT_YEAR}))?"
_ORDINAL: Final = "(?:st|nd|rd|th)?"
_DAY: Final = rf"(?P<day>[12]\d|3[01]|0?[1-9])(?!\d){_ORDINAL}"

_PROGRAMMES: Final = (
    "Apollo Ariane Artemis Atlas Ax Axiom Booster Chandrayaan Crew Cygnus Delta Expedition Falcon Flight Gemini Group "
    "H Hayabusa Inspiration Kosmos Luna March Mariner Mars Mission Pioneer Progress Proton Ranger Salyut Shenzhou Ship "
    "Skylab Soyuz Starship Surveyor Tiangong Tianzhou Vega Venera Viking Voskhod Vostok Voyager Zond"
)
_NO_FLIGHT: Final = "".join(rf"(?<!{name} )" for name in _PROGRAMMES.split())
"""`Apollo 11 July` holds no eleventh of July."""

_NO_FEAST: Final = "".join(
    rf"(?<!{word} )" for word in ("Black", "Cyber", "Easter", "Good", "Palm", "Super", "Every", "every", "each")
)
_NO_NEWSPAPER: Final = r"(?!\s+(?:Times|Telegraph|Mail|Post|Express|Night|Review|School|Mirror)\b)"

BRACKETED: Final = re.compile(
    rf"\b(?=[MTWFSLNPCtlnpc])(?P<told>{_SOME_WEEKDAY}{_PART_OF_DAY}\s*"
    r"\((?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:/(?P<month>\d{1,2}))?\))"
)
"""`this Sunday morning (17)`, `Wednesday (16/11)`."""

WEEKDAY_AND_MONTH: Final = re.compile(
    rf"\b(?P<told>(?P<weekday>{_WEEKDAY}){_PART_OF_DAY},?\s+{_MONTH}\s+{_DAY}{_PERHAPS_A_YEAR})"
)
"""`Sunday, October 17, 2021`."""

WEEKDAY_AND_DAY: Final = re.compile(
    rf"\b(?P<told>(?P<weekday>{_WEEKDAY}){_PART_OF_DAY},?\s+(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}{_PERHAPS_A_YEAR})"
)
"""`Sunday, 17 October 2021`."""

ISO: Final = re.compile(r"(?<![\w-])(?P<told>(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d))(?![\d-])")

MONTH_AND_DAY: Final = re.compile(
    rf"\b(?<!Long )(?P<told>{_MONTH}\s+(?:the\s+)?{_DAY}(?!\w|\.\d|:\d){_PERHAPS_WHOSE_YEAR})"
)
"""`Oct. 5, 2021`, `October 5`, `September 21 of that year`; a Long March 5 is a rocket."""

DAY_AND_MONTH: Final = re.compile(
    rf"(?<![\w.,:/-]){_NO_FLIGHT}(?P<told>{_DAY}\s+(?:of\s+)?{_MONTH}{_PERHAPS_WHOSE_YEAR})"
)
"""`5 October 2021`, `5th of October`."""

SLASHED: Final = re.compile(r"(?<![\w/])(?P<told>(?P<one>\d{1,2})/(?P<other>\d{1,2})/(?P<year>(?:19|20)\d\d))(?![\w/])")

MONTH_OF_YEAR: Final = re.compile(rf"(?<!\d )\b(?P<told>{_MONTH},?\s+(?:of\s+)?{_YEAR})")

MONTH: Final = re.compile(
    rf"\b(?P<which>(?i:in|(?:scheduled|planned|expected|set|foreseen|slated|targeted|due|fixed)\s+for|since|last|next|this|that|from|until|before|by|during|late|early|mid|(?:end|beginning|start|middle|course)\s+of)|(?P<noun>of|for)(?!\s+May\s+(?:and|has|had|was|is|to|or)\b))[\s-]+(?P<told>{_MONTH})(?P<year>\s+{_THAT_YEAR})?"
    rf"(?!\s+(?:or|to)\s+(?:early\s+|late\s+|mid-?)?{_ANY_MONTH}|\s+and\s+(?:early|late|mid|{_ANY_MONTH}\s+\d))"
    r"(?(noun)(?=\s*(?:[.,;:)!?”]|$)|\s+(?:and|or|at|to|with|but|when|in|on|it|they|he|she|the|that|which|all|if|because|after"
    r"|before|by|from|has|had|was|were|is|will|of\s+(?:this|that|last|next)\s+year)\b))"
)
"""`in November`; behind `of` and `for` only where no name may follow: "the failure of October, which"."""

WEEKDAY: Final = re.compile(rf"\b(?=[MTWFSLNPCtlnpc]){_NO_FEAST}(?P<told>{_SOME_WEEKDAY})(?!\w){_NO_NEWSPAPER}")

TODAY: Final = re.compile(
    r"(?:(?<=[\w,)] )(?<!of )(?<!to )(?<!until )(?<!till )(?=[Tt])|(?=Today,?\s+at\s+\d))(?P<told>(?P<word>[Tt]oday))"
    r"(?!['’\w]|\s+(?:is|are|has|have)\b)"
)
"""Today as a day, "Today at 11:08"; not "today's", nor the today that means nowadays."""

NEXT_DAY: Final = re.compile(
    r"\b(?P<told>(?P<word>[Yy]esterday|[Tt]omorrow|[Tt]onight|[Ll]ast\s+(?:night|evening)|[Tt]his\s+(?:morning|afternoon|evening)))(?!['’\w])"
)

FEAST: Final = re.compile(
    r"\b(?P<told>(?P<feast>Christmas|New\s+Year['’]s)(?:\s+(?P<which>Eve|Day))?,?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))(?!\d)"
)
"""`Christmas 1968`, `Christmas Eve 1968`."""

THIS_SPAN: Final = re.compile(r"\b(?P<told>(?P<which>(?ai:last|this|next|previous))\s+(?P<unit>year|month))(?!['’\w])")

OF_THE_MONTH: Final = re.compile(
    r"\b(?P<told>the\s+(?:beginning|start|middle|end)\s+of\s+(?:the|this)\s+(?P<unit>year|month))(?!['’\w]|\s+of\b)"
)
"""`the beginning of the month`."""

AGO: Final = re.compile(r"(?<![\w,.-])(?P<told>(?P<count>\d{1,4}|[A-Za-z]{1,12})\s+(?P<unit>year|month|day)s?\s+ago)\b")

YEAR: Final = re.compile(
    r"\b(?i:in|since|by|of|during|until|from|early|late|mid|after|before|between|around|about|(?:scheduled|planned|expected|set|foreseen|slated|targeted|due|fixed)\s+for|(?<=[\s-](?:19|20)\d\d\s)(?:and|or|to)|(?<=\bback\s)to|(?<=\bdate[ds]\s)to|(?<=\bearlier\s)than|(?<=\blater\s)than)[\s-]+"
    rf"(?P<told>{_YEAR})(?![\w-]|[,.:/]\d|:|\s+(?:people|kilo|met|miles|hours|hrs|days|tons|seconds|degrees|[A-Z]{{2,4}}\b|local))"
)
"""`in 1969`."""

COUNTED_ON: Final = re.compile(
    r"\b(?P<told>"
    r"(?:(?P<same>(?:[Tt]he|[Tt]hat)\s+(?:very\s+)?same|[Tt]hat(?:\s+very)?)|[Tt]he\s+(?P<next>next|following)|[Tt]he\s+(?P<previous>previous))"
    r"\s+(?:day|morning|afternoon|evening|night)(?!\w|['’-])"
    r"|(?:[Tt]he\s+(?:day|morning|evening|night)\s+(?:(?P<eve>before)|(?P<after>after))"
    r"|(?<=[Oo]n )the\s+(?P<vigil>eve))"
    r"(?=[,.;)]|\s*$|\s+(?:in|at|from|by|with|and|but|when|during)\b)"
    r"|(?P<opens>(?=[A-Z]))?(?P<count>\d{1,3}|[A-Za-z]{1,9})\s+(?P<unit>day|week|month|year)s?\s+"
    r"(?:(?P<on>later|afterwards)(?!\s+than\b)|(?P<back>earlier|before)(?=[,.;)]|\s*$)|(?(opens)earlier(?!\s+than\b)|(?!))))"
)
"""`the next day`, `two days before`, `the same evening`: counted from the day told last."""

DAY_ALONE: Final = re.compile(
    r"\b(?:[Oo]n|(?P<other>(?i:for|until|till|by|since|from|before|after|to|(?:morning|afternoon|evening|night|dawn)\s+of)))"
    r"\s+(?P<told>the\s+(?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th))"
    r"(?![\w-]|\s+(?:of(?!\s+(?:this|the(?:\s+current)?)\s+month\b)|day|time|floor|orbit|attempt|flight|anniversary|mission|launch|century|place)\b)"
    r"(?(other)(?=\s*(?:[.,;:)!?”]|$)|\s+(?:and|or|at|to|with|but|when|in|it|they|he|she|the|a|all|if|because|after|before)\b))"
)
"""`on the 30th`; behind other words than `on` only where no noun follows: `planned for the 30th, and`."""
