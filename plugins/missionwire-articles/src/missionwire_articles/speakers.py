"""Who speaks, as a text tells it: a name, an agency, words that mean somebody, or somebody without a name."""

from typing import Final

from missionwire_articles.sayings import AGENCY, PERSON, QUOTE

ASIDE: Final = (
    rf"(?:,[^;{PERSON}{QUOTE}]{{1,120}}?,|,\swho(?:se|m)?\s[^;{QUOTE}]{{1,140}}?,"
    rf"|\s\([^)]{{1,60}}\)|\sof\s(?:the\s)?[\w{AGENCY}]+(?:\s\w+)?)?"
)
NAME: Final = rf"(?P<name>{PERSON}(?<!{PERSON}{PERSON}){PERSON}*+)"
"""A whole name: nothing is looked for in the middle of one."""

TRADE: Final = (
    r"astronaut|cosmonaut|taikonaut|geologist|biologist|chemist|physician|researcher|surgeon|spaceman|spacewoman|actress|actor|commander|captain|pilot|engineer|director(?:[\s-]general)?|chief|head"
    r"|boss|administrator|woman|man|official|scientist|tourist|billionaire|entrepreneur|founder|other|latter|former|colonel"
    r"|general|major|doctor|physicist|astronomer|veteran|newcomer|native|teacher|president|minister|manager|leader|rookie"
    r"|\d\d-year-old|father|mother|American|Russian|Chinese|Japanese|Indian|Canadian|Italian|German|Frenchman|Frenchwoman"
    r"|Dane|Pole|Swede|Spaniard|Briton|Emirati|Israeli|Turk|Brazilian|Hungarian|Saudi|Belarusian|Ukrainian|Dutchman"
)
WHO: Final = (
    rf"(?P<who>he|she|the\s(?:[a-z\d-]++\s){{0,2}}?(?:{TRADE})"
    rf"(?!\sof\b|\sfor\b|[\s-]general\b|,?\s{PERSON}|(?-i:\s[A-Z])))"
)
AGED: Final = r"(?:,\s(?:aged\s)?\d\d(?:\syears?(?:\s(?:old|of\sage))?)?,)?"
WHO_LATER: Final = WHO.replace("?P<who>", "?P<who_>").replace("|former|", "|")
"""The same after the verb: there, "the former" goes on with an office."""


KIN: Final = (
    r"(?:mother|father|wife|husband|widow|widower|daughter|son|brother|sister|parents|family|trainer|teacher|neighbou?r|friend"
    r"|colleague|classmate|mayor|grand(?:father|mother|son|daughter))s?"
)
UNNAMED: Final = (
    rf"(?P<unnamed>(?:[Aa]n?|[Tt]he|[Oo]ne|[Tt]wo|[Tt]hree|[Ss]everal|[Ss]ome|[Mm]any|[Oo]ther|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|\d+|{AGENCY}+(?:[’']s)?"
    rf"|{PERSON}+[’']s?|[A-Z]\w+)\s(?:[\w{AGENCY}-]++\s){{0,4}}?"
    r"(?:spokes(?:wo)?m[ae]n|spokespersons?|spokespeople|officials?|engineers?|controllers?|managers?|sources?|experts?"
    r"|employees|scientists?|researchers?|leaders?|directors?|commentators?|voice|capcom|doctors?|diplomats?|ministry"
    r"|government|members?|specialists?|technicians?|workers?|residents?|witness(?:es)?|visitors?|pupils?|students?|someone"
    r"|flight\ssurgeons?|ministers?|presidents?|heads?|chiefs?|commander|announcer|statement|release|report|letter"
    rf"|agency|company|firm|operator|manufacturer|{KIN})"
    rf"(?:\s(?:of|for|at|in|from)\s[^,;.:{QUOTE}]{{1,60}}?)?|[Ss]omeone|[Ee]ngineers|[Oo]fficials|[Cc]ontrollers|[Mm]ission\s[Cc]ontrol)"
)
BODY: Final = rf"(?P<agency>{AGENCY}(?<!{AGENCY}{AGENCY}){AGENCY}*+)"

CORPORATE_WORDS: Final = (
    "Industries", "Corporation", "Institute", "Agency", "Ministry", "Aerospace", "Electric", "Systems", "Company",
    "Technologies",
)  # fmt: skip
"""With what the names of bodies end."""

CORPORATE: Final = f"(?:{'|'.join(CORPORATE_WORDS)})"

CALLED: Final = (
    r"(?!(?:In|At|On|From|After|Before|For|To|As|But|And|When|While|With)\s)(?:[A-Z][\w’.-]++\s){1,3}[A-Z][\w’-]+"
)
"""A name that is on no roster."""
