"""What a text tells of time, resolved by the rules of the vocabulary's section 6. 18 October 2021 is a Monday."""

import pytest

from missionwire.plugin import Document, TimeMention
from missionwire_terms import Terms

DAYS = [
    # weekday with its number in brackets
    ("She landed this Sunday (17).", "2021-10-18", "this Sunday (17)", "2021-10-17T00:00:00Z"),
    ("He flew up on Tuesday morning (5).", "2021-10-18", "Tuesday morning (5)", "2021-10-05T00:00:00Z"),
    ("They left last Thursday (30).", "2021-10-18", "last Thursday (30)", "2021-09-30T00:00:00Z"),
    ("The probe was lost on Friday (31).", "2022-01-05T10:00:00Z", "Friday (31)", "2021-12-31T00:00:00Z"),
    ("The ship will fly next Sunday (24).", "2021-10-18", "next Sunday (24)", "2021-10-24T00:00:00Z"),
    ("The rocket left on Wednesday (16/11).", "2022-11-20", "Wednesday (16/11)", "2022-11-16T00:00:00Z"),
    ("It came down this Friday (4).", "2022-11", "this Friday (4)", "2022-11-04T00:00:00Z"),
    ("It came down this Sunday (30).", "2022-11", "this Sunday (30)", "2022-10-30T00:00:00Z"),
    # weekdays
    ("Controllers tested it on Friday.", "2021-10-18", "Friday", "2021-10-15T00:00:00Z"),
    ("They landed on Monday.", "2021-10-18", "Monday", "2021-10-18T00:00:00Z"),
    ("They landed last Monday.", "2021-10-18", "last Monday", "2021-10-11T00:00:00Z"),
    ("The crew will come home on Friday.", "2021-10-18", "Friday", "2021-10-22T00:00:00Z"),
    ("NASA said on Friday that the crew will launch soon.", "2021-10-18", "Friday", "2021-10-15T00:00:00Z"),
    ("The crew will launch soon, NASA said Friday.", "2021-10-18", "Friday", "2021-10-15T00:00:00Z"),
    # of the subject alone something is to come
    ("The ship that will bring them home left Texas on Friday.", "2021-10-18", "Friday", "2021-10-15T00:00:00Z"),
    ("Crew-8, which is to stay until May, arrived on Friday.", "2021-10-18", "Friday", "2021-10-15T00:00:00Z"),
    ("A probe whose antenna may fail rose on Friday.", "2021-10-18", "Friday", "2021-10-15T00:00:00Z"),
    ("The ship that will be fueled and launched on Friday waits.", "2021-10-18", "Friday", "2021-10-22T00:00:00Z"),
    ("The probe that will fly to Mars arrives there on Friday.", "2021-10-18", "Friday", "2021-10-22T00:00:00Z"),
    ("They spent hours outside on Friday before a walk due soon.", "2021-10-18", "Friday", "2021-10-15T00:00:00Z"),
    # aims
    ("The start, foreseen for Friday, had been postponed.", "2021-10-18", "Friday", "2021-10-15T00:00:00Z"),
    ("First planned for Saturday, the start took place later.", "2021-10-18", "Saturday", "2021-10-16T00:00:00Z"),
    ("Planned for Friday, the start will take place later.", "2021-10-18", "Friday", "2021-10-22T00:00:00Z"),
    # days of a month
    ("They departed on October 5.", "2021-10-18", "October 5", "2021-10-05T00:00:00Z"),
    ("They departed on 5 October.", "2021-10-18", "5 October", "2021-10-05T00:00:00Z"),
    ("They departed on the 5th of October.", "2021-10-18", "5th of October", "2021-10-05T00:00:00Z"),
    ("They departed on December 29.", "2022-01-03", "December 29", "2021-12-29T00:00:00Z"),
    ("They will depart on January 3.", "2021-12-28", "January 3", "2022-01-03T00:00:00Z"),
    ("It was signed on Oct. 5, 2021.", None, "Oct. 5, 2021", "2021-10-05T00:00:00Z"),
    ("It was signed on 5 October 2021.", None, "5 October 2021", "2021-10-05T00:00:00Z"),
    ("It was signed on Sunday, 17 October 2021.", None, "Sunday, 17 October 2021", "2021-10-17T00:00:00Z"),
    ("It was signed on 2021-10-05.", None, "2021-10-05", "2021-10-05T00:00:00Z"),
    ("It was signed on 25/10/2021.", None, "25/10/2021", "2021-10-25T00:00:00Z"),
    ("It was signed on 10/25/2021.", None, "10/25/2021", "2021-10-25T00:00:00Z"),
    ("It flew on February 29.", "2021-03-01", "February 29", "2020-02-29T00:00:00Z"),
    ("“We landed on Sunday,” she told reporters.", "2021-10-18", "Sunday", "2021-10-17T00:00:00Z"),
    # plans in the words of translations
    ("The return of all, on December 13, has not been moved.", "2018-10-11", "December 13", "2018-12-13T00:00:00Z"),
    ("NASA named Monday, October 25, as the new date.", "2021-10-18", "Monday, October 25", "2021-10-25T00:00:00Z"),
    ("It should actually have flown on Sunday, but ESA called it off.", "2021-10-18", "Sunday", "2021-10-17T00:00:00Z"),
    ("They met Orlov, who on October 28 will take over.", "2021-10-18", "October 28", "2021-10-28T00:00:00Z"),
    ("They met Orlov, who on October 8 had left.", "2021-10-18", "October 8", "2021-10-08T00:00:00Z"),
    ("“I would stay,” she told us in a call on Friday.", "2021-10-18", "Friday", "2021-10-15T00:00:00Z"),
    # put off, so ahead
    (
        "NASA postponed the launch of the Crew-9 mission on its Falcon 9 to September 28.",
        "2024-09-24",
        "September 28",
        "2024-09-28T00:00:00Z",
    ),
    ("The launch was postponed from Monday to Friday.", "2021-10-18", "Friday", "2021-10-22T00:00:00Z"),
    (
        "The launch has been pushed back until no earlier than December 3.",
        "2021-10-18",
        "December 3",
        "2021-12-03T00:00:00Z",
    ),
    ("The ship will fly on Friday.", "2021-10-18", "Friday", "2021-10-22T00:00:00Z"),
    ("NASA postponed the launch on Friday.", "2021-10-18", "Friday", "2021-10-15T00:00:00Z"),
    ("The shuttle has to return on March 7.", "1996-02-26", "March 7", "1996-03-07T00:00:00Z"),
    ("The flight remains fixed for July 9.", "2024-06-09", "July 9", "2024-07-09T00:00:00Z"),
    ("It was due to lift off on Friday but will now wait.", "1997-06-26", "Friday", "1997-06-27T00:00:00Z"),
    ("It had been planned for Saturday but was put off by a day.", "2024-05-19", "Saturday", "2024-05-18T00:00:00Z"),
    # plans in the present, and what became of aims
    ("The next test begins on 8 November.", "2021-10-18", "8 November", "2021-11-08T00:00:00Z"),
    ("Berg and Costa return on October 30.", "2021-10-18", "October 30", "2021-10-30T00:00:00Z"),
    ("If the weather allows, the ship could leave on Thursday.", "2021-10-18", "Thursday", "2021-10-21T00:00:00Z"),
    ("They delayed a spacewalk planned for 7 October after a leak.", "2021-10-18", "7 October", "2021-10-07T00:00:00Z"),
    ("The crew planned to open the hatch on Friday.", "2025-09-18", "Friday", "2025-09-19T00:00:00Z"),
    ("They had planned to leave on Friday.", "2025-09-18", "Friday", "2025-09-12T00:00:00Z"),
    ("A first try, planned for 7 October, was put off.", "2021-10-18", "7 October", "2021-10-07T00:00:00Z"),
    ("The flight was first planned for Sunday, but it was shifted.", "2021-10-18", "Sunday", "2021-10-17T00:00:00Z"),
    ("The landing was set for Saturday, but NASA had moved it.", "2021-10-18", "Saturday", "2021-10-16T00:00:00Z"),
    ("The return was moved from October 20 to October 24.", "2021-10-18", "October 20", "2021-10-20T00:00:00Z"),
    ("It was planned for October 26; on Friday it was put off.", "2021-10-18", "Friday", "2021-10-15T00:00:00Z"),
    ("At a briefing on Friday, Berg said that all will land.", "2021-10-18", "Friday", "2021-10-15T00:00:00Z"),
    # what a participle or a relative clause tells of as gone, in a sentence of what is to come
    (
        "Engineers want to find the cause of the leak detected on Friday.",
        "2021-10-18",
        "Friday",
        "2021-10-15T00:00:00Z",
    ),
    ("They will dock beside the ship that left Earth on Friday.", "2021-10-18", "Friday", "2021-10-15T00:00:00Z"),
    ("The first stage will be caught on Friday.", "2021-10-18", "Friday", "2021-10-22T00:00:00Z"),
    ("The spokesman, Ivan Berg, stated the crew will land on Friday.", "2021-10-18", "Friday", "2021-10-22T00:00:00Z"),
    # plans that came to nothing, and aims in the past
    ("NASA called off the spacewalk planned for Wednesday.", "2021-10-21", "Wednesday", "2021-10-20T00:00:00Z"),
    ("Roscosmos postponed the docking set for Wednesday.", "2021-10-21", "Wednesday", "2021-10-20T00:00:00Z"),
    ("NASA delayed a walk by two of them planned for Oct. 12.", "2021-10-21", "Oct. 12", "2021-10-12T00:00:00Z"),
    ("The rocket should have left on September 30.", "2021-10-21", "September 30", "2021-09-30T00:00:00Z"),
    ("The team planned to open the hatch on Friday.", "2021-10-21", "Friday", "2021-10-22T00:00:00Z"),
    ("The team had planned to open it on Monday.", "2021-10-21", "Monday", "2021-10-18T00:00:00Z"),
    ("Controllers passed on Friday because of the wind.", "2021-10-21", "Friday", "2021-10-22T00:00:00Z"),
    ("The comet passed on Monday.", "2021-10-21", "Monday", "2021-10-18T00:00:00Z"),
    # bare numbers of days
    ("The launch is planned for the 31st, and all is ready.", "2021-10-18", "the 31st", "2021-10-31T00:00:00Z"),
    ("She wrote it on the morning of the 6th.", "2021-10-18", "the 6th", "2021-10-06T00:00:00Z"),
    ("The return had slipped to the 26th.", "2021-10-18", "the 26th", "2021-10-26T00:00:00Z"),
    # a year told in passing is not that of the next sentence
    (
        "The first woman to do so did it in 1984. Berg left on March 14.",
        "2019-10-18",
        "March 14",
        "2019-03-14T00:00:00Z",
    ),
    ("A probe set off Monday for a moon, where an ocean could be.", "2024-10-15", "Monday", "2024-10-14T00:00:00Z"),
    ("The next Soyuz takes off on September 12.", "2017-09-03", "September 12", "2017-09-12T00:00:00Z"),
    # said behind what is said, though that lies ahead
    (
        "The flight will come, affirmed the head of ESA at the air show on Wednesday.",
        "2024-06-09",
        "Wednesday",
        "2024-06-05T00:00:00Z",
    ),
    ("It would be the second flight, after that of July 20.", "2021-10-13", "July 20", "2021-07-20T00:00:00Z"),
    # counted
    ("She told us last night that she was calm.", "2021-10-13", "last night", "2021-10-12T00:00:00Z"),
    ("The ship landed this morning.", "2021-10-13", "this morning", "2021-10-13T00:00:00Z"),
    ("The film was shown yesterday.", "2021-03-01", "yesterday", "2021-02-28T00:00:00Z"),
    ("The ship landed three days ago.", "2021-10-02", "three days ago", "2021-09-29T00:00:00Z"),
    ("The ship landed at noon today.", "2021-10-02", "today", "2021-10-02T00:00:00Z"),
    ("The ship docked at 11:08 CEST (09:08 GMT) today.", "2021-10-02", "today", "2021-10-02T00:00:00Z"),
    ("Today at 11:08 GMT the ship docked.", "2021-10-02", "Today", "2021-10-02T00:00:00Z"),
]

LONGER = [
    # gone, though the sentence tells of what is to come
    (
        "They will examine a crack noticed in September on the hull.",
        "2021-10-18",
        "September",
        "2021-09-01T00:00:00Z",
        "month",
    ),
    ("The crew will replace the pump delivered in August.", "2021-10-18", "August", "2021-08-01T00:00:00Z", "month"),
    ("They will relieve the four who arrived in April.", "2021-10-18", "April", "2021-04-01T00:00:00Z", "month"),
    ("They will return in the Soyuz, sent empty in April.", "2021-10-18", "April", "2021-04-01T00:00:00Z", "month"),
    ("She will join the team that flew up in April.", "2021-10-18", "April", "2021-04-01T00:00:00Z", "month"),
    ("It would be the first one since the blast of June.", "2021-10-18", "June", "2021-06-01T00:00:00Z", "month"),
    ("Berg, who until September had led it, came home.", "2021-10-21", "September", "2021-09-01T00:00:00Z", "month"),
    # to come all the same
    ("The capsule will be recovered in December.", "2021-10-18", "December", "2021-12-01T00:00:00Z", "month"),
    ("It will be the second walk carried out in November.", "2021-10-18", "November", "2021-11-01T00:00:00Z", "month"),
    ("The ship will undock, followed by a landing in March.", "2021-10-18", "March", "2022-03-01T00:00:00Z", "month"),
    ("The rocket will carry a probe built in Peru in March.", "2021-10-18", "March", "2022-03-01T00:00:00Z", "month"),
    ("The crew will leave with the ship scheduled in March.", "2021-10-18", "March", "2022-03-01T00:00:00Z", "month"),
    ("They are expected to stay until late April.", "2021-10-18", "April", "2022-04-01T00:00:00Z", "month"),
    ("The stay was extended until March and she was calm.", "2021-10-18", "March", "2022-03-01T00:00:00Z", "month"),
    # months behind other words
    ("The accident of July, which hurt nobody, is cleared up.", "2021-10-21", "July", "2021-07-01T00:00:00Z", "month"),
    ("ESA had planned a walk for August, but gave it up.", "2021-10-21", "August", "2021-08-01T00:00:00Z", "month"),
    ("The two made walks in July and August.", "2021-10-21", "August", "2021-08-01T00:00:00Z", "month"),
    ("They will fly in December and January.", "2021-10-21", "January", "2022-01-01T00:00:00Z", "month"),
    ("The tests should have been completed in September.", "2021-10-21", "September", "2021-09-01T00:00:00Z", "month"),
    ("The record dates back to 2012.", "2021-10-21", "2012", "2012-01-01T00:00:00Z", "year"),
    ("It is to fly no earlier than 2028.", "2021-10-21", "2028", "2028-01-01T00:00:00Z", "year"),
    ("A spacewalk is expected for January.", "2020-11-17", "January", "2021-01-01T00:00:00Z", "month"),
    ("The launch is expected for April of next year.", "2024-11-04", "April", "2025-04-01T00:00:00Z", "month"),
    ("They should come back in October.", "2022-09-30", "October", "2022-10-01T00:00:00Z", "month"),
    ("In a spacewalk in December two are to photograph it.", "2025-11-25", "December", "2025-12-01T00:00:00Z", "month"),
    ("The project was unveiled last year.", "2021-10-18", "last year", "2020-01-01T00:00:00Z", "year"),
    ("He flew 60 years ago.", "2021-10-18", "60 years ago", "1961-01-01T00:00:00Z", "year"),
    ("He flew a year ago.", "2021-10-18", "a year ago", "2020-01-01T00:00:00Z", "year"),
    ("The first steps were made in 1969.", None, "1969", "1969-01-01T00:00:00Z", "year"),
    ("It was begun in March 2019.", None, "March 2019", "2019-03-01T00:00:00Z", "month"),
    ("It is to undock in early October and splash down.", "2024-09-29", "October", "2024-10-01T00:00:00Z", "month"),
    ("It was begun in November.", "2022-02-03", "November", "2021-11-01T00:00:00Z", "month"),
    ("Columbia goes to California in September.", "1999-07-28", "September", "1999-09-01T00:00:00Z", "month"),
    ("He has been up there since April, and will land soon.", "2021-10-18", "April", "2021-04-01T00:00:00Z", "month"),
    ("The two remain at work until March.", "2021-10-18", "March", "2022-03-01T00:00:00Z", "month"),
    ("Berg in the airlock, in a photo from August.", "2021-10-18", "August", "2021-08-01T00:00:00Z", "month"),
    ("The first since 1976 failed. In May, a leak followed.", "2021-10-18", "May", "2021-05-01T00:00:00Z", "month"),
    ("It landed in February 2019, and again that July.", "2021-10-18", "July", "2019-07-01T00:00:00Z", "month"),
    ("Samples are to come home around 2030.", "2021-10-18", "2030", "2030-01-01T00:00:00Z", "year"),
    ("The launch is foreseen for 2026.", "2024-01-20", "2026", "2026-01-01T00:00:00Z", "year"),
    ("It was begun last month.", "2022-01-03", "last month", "2021-12-01T00:00:00Z", "month"),
    ("It was begun last year.", "2022-11", "last year", "2021-01-01T00:00:00Z", "year"),
]

UNRESOLVED = [
    ("The flight was planned for Thursday but was put off.", "2021-10-18", "Thursday"),
    ("The rocket rose at 4:36 am on Friday near Karaganda.", "2021-10-18", "4:36 am"),
    ("The rocket rose from Florida at 4:36 am on Sunday (17).", "2021-10-18", "4:36 am"),
    ("They landed on Friday.", None, "Friday"),
    ("They landed on Friday.", "2022-11", "Friday"),
    ("The flight was scheduled for Friday.", "2021-10-18", "Friday"),
    ("The flight was scheduled for Friday but was put off.", "2021-10-18", "Friday"),
    ("It rose at 4:36 local time on Friday, from Kourou or from Baikonur.", "2021-10-18", "4:36 local time"),
    ("They slept until six o’clock on Friday.", "2021-10-18", "six o’clock"),
    ("The flight had been postponed to Friday, but it did not fly.", "2021-10-18", "Friday"),
    ("It will lift off on October 5, the old plan said.", "2021-10-18", "October 5"),
    ("It docked, and on October 25 it left.", "2021-10-18", "October 25"),
    ("“We launch Sunday,” she told reporters.", "2021-10-18", "Sunday"),
    ("They departed on October 5.", None, "October 5"),
    ("They landed this Sunday (17).", None, "this Sunday (17)"),
    ("It was signed on 05/10/2021.", "2021-10-18", "05/10/2021"),
    ("They landed at 4:36 local time on Friday.", "2021-10-18", "4:36 local time"),
    ("It lifted off at 10:15 am CST on Friday.", "2021-10-18", "10:15 am CST"),
]

SILENT = [
    "They rose for the 31st time, a crew of the 6th expedition, to the 2nd floor.",
    "They landed some hours and a day later than planned.",
    "Apollo 11 made history, Soyuz MS-18 came home, and Expedition 65 May well be remembered.",
    "The score was 4:3 and the ratio 16:9; 2,030 people and 1969 stamps were counted.",
    "Black Friday brings prices down; the Sunday Times wrote about it.",
    "May 40 astronauts fly? They may.",
    "The 31 November 2021 does not exist, nor does 2021-13-45.",
    "Today is a good time for rockets, and today's rockets are cheap.",
]

CLOCKS = [
    (
        "It landed at 9:56 on Sunday (Beijing time). It had parted at 0:44 on Sunday.",
        "2021-10-18",
        "0:44",
        "2021-10-16T16:44:00Z",
        "minute",
    ),
    (
        "It landed at 9:56 am Sunday Beijing time.",
        "2021-10-18",
        "9:56 am Sunday Beijing time",
        "2021-10-17T01:56:00Z",
        "minute",
    ),
    (
        "It left at 8:47 p.m. EDT on Saturday (0047 GMT).",
        "2021-10-18",
        "8:47 p.m. EDT on Saturday (0047 GMT)",
        "2021-10-17T00:47:00Z",
        "minute",
    ),
    (
        "It began at 6:12 a.m. Sunday (1012 GMT). It ended at 1:16 p.m. for all.",
        "2021-10-18",
        "1:16 p.m.",
        "2021-10-17T17:16:00Z",
        "minute",
    ),
    (
        "It left on Sunday at 4:27 am Beijing time.\n\nAt noon the hatch was opened.",
        "2021-10-18",
        "noon",
        "2021-10-17T04:00:00Z",
        "hour",
    ),
    (
        "It landed on Sunday at 3:37 a.m. EDT (10:37 a.m. Moscow time). It had left at 12:14 a.m.\n\nNext: 2 a.m. EDT.",
        "2021-10-18",
        "12:14 a.m.",
        "2021-10-17T04:14:00Z",
        "minute",
    ),
    (
        "They came home on Sunday.\n\nLee, who left with them on May 2, stays.\n\nIt had undocked at 10:47 GMT.",
        "2021-10-18",
        "10:47 GMT",
        "2021-10-17T10:47:00Z",
        "minute",
    ),
    (
        "They came home on Sunday.\n\nOn Saturday they had said goodbye.\n\nThe landing was at 10:47 GMT.",
        "2021-10-18",
        "10:47 GMT",
        "2021-10-17T10:47:00Z",
        "minute",
    ),
    (
        "It left on Sunday at 22.15 hours (Moscow time).",
        "2021-10-18",
        "22.15 hours (Moscow time)",
        "2021-10-17T19:15:00Z",
        "minute",
    ),
    (
        "It left on Sunday at 11h30 Brasília time. It rose at 11h50 in the morning.",
        "2021-10-18",
        "11h50",
        "2021-10-17T14:50:00Z",
        "minute",
    ),
    (
        "It came on the 7th of this month at 4:10 Moscow time.",
        "2021-10-18",
        "4:10 Moscow time",
        "2021-10-07T01:10:00Z",
        "minute",
    ),
    (
        "It left on Sunday at 8:10 a.m. GMT. It had undocked at 7:21 a.m. The launch was on October 4.",
        "2021-10-18",
        "7:21 a.m.",
        "2021-10-17T07:21:00Z",
        "minute",
    ),
    (
        "It left on Sunday at 16:32 local time (19:32 GMT, 21:32 Paris time).",
        "2021-10-18",
        "16:32 local time (19:32 GMT, 21:32 Paris time)",
        "2021-10-17T19:32:00Z",
        "minute",
    ),
    (
        "It left at 8:07 am Beijing time on Sunday. All were out by half past nine.",
        "2021-10-18",
        "half past nine",
        "2021-10-17T01:30:00Z",
        "minute",
    ),
    (
        "It left at 8:07 pm GMT on Sunday. A quarter to ten they slept.",
        "2021-10-18",
        "quarter to ten",
        "2021-10-17T21:45:00Z",
        "minute",
    ),
    ("It left on Sunday at 12:20 of Italy.", "2021-10-18", "12:20 of Italy", "2021-10-17T10:20:00Z", "minute"),
    ("It left on Sunday at 9:12 in Moscow.", "2021-10-18", "9:12 in Moscow", "2021-10-17T06:12:00Z", "minute"),
    (
        "It left on Monday. He slept on Sunday. It is to dock at 8:56 pm, Moscow time.",
        "2021-10-18",
        "8:56 pm, Moscow time",
        "2021-10-18T17:56:00Z",
        "minute",
    ),
    (
        "It left on Sunday. He had not slept since Friday. It docked at 22:01 GMT.",
        "2021-10-18",
        "22:01 GMT",
        "2021-10-17T22:01:00Z",
        "minute",
    ),
    (
        "It was to fly at 22:34 local time (4:34 am CEST on Sunday).",
        "2021-10-18",
        "22:34 local time (4:34 am CEST on Sunday)",
        "2021-10-17T02:34:00Z",
        "minute",
    ),
    (
        "It left at 10:46 pm on Friday (15), Brasília time.",
        "2021-10-18",
        "10:46 pm on Friday (15), Brasília time",
        "2021-10-16T01:46:00Z",
        "minute",
    ),
    (
        "The rocket was to rise at 4:33 p.m. (2033 GMT) on Sunday.",
        "2021-10-18",
        "4:33 p.m. (2033 GMT)",
        "2021-10-17T20:33:00Z",
        "minute",
    ),
    (
        "It rose from Jiuquan at 11:14 am on Sunday.",
        "2021-10-18",
        "11:14 am",
        "2021-10-17T03:14:00Z",
        "minute",
    ),
    (
        "It came down off San Diego at 8:33 Sunday morning.",
        "2021-10-18",
        "8:33",
        "2021-10-17T15:33:00Z",
        "minute",
    ),
    (
        "Rain moved the launch on Sunday from 8 am to 8:45 am, Indian time.",
        "2021-10-18",
        "8 am",
        "2021-10-17T02:30:00Z",
        "hour",
    ),
    (
        "It rose at 11 pm GMT on Friday. It docked at 5 am GMT.",
        "2021-10-18",
        "5 am GMT",
        "2021-10-16T05:00:00Z",
        "hour",
    ),
    (
        "The crew, which came on Sunday, is well. All slept. It had landed at 9:36 am GMT.",
        "2021-10-18",
        "9:36 am GMT",
        "2021-10-17T09:36:00Z",
        "minute",
    ),
    (
        "It was put off on Friday to Wednesday. All slept. The next try is planned at 9:36 am GMT.",
        "2021-10-18",
        "9:36 am GMT",
        "2021-10-20T09:36:00Z",
        "minute",
    ),
    (
        "It rose on Monday. The docking is planned for 9:45 pm GMT.",
        "2021-10-18",
        "9:45 pm GMT",
        "2021-10-18T21:45:00Z",
        "minute",
    ),
    ("It landed at 04:36 GMT on October 17.", "2021-10-18", "04:36 GMT", "2021-10-17T04:36:00Z", "minute"),
    ("It landed on October 17 at 0436 UTC.", "2021-10-18", "0436 UTC", "2021-10-17T04:36:00Z", "minute"),
    ("It landed at 4:36 a.m. UT on Sunday.", "2021-10-18", "4:36 a.m. UT", "2021-10-17T04:36:00Z", "minute"),
    (
        "It landed at 7:36 am Moscow time on Sunday (17).",
        "2021-10-18",
        "7:36 am Moscow time",
        "2021-10-17T04:36:00Z",
        "minute",
    ),
    ("It landed at 07:36 MSK on Sunday.", "2021-10-18", "07:36 MSK", "2021-10-17T04:36:00Z", "minute"),
    (
        "It landed at 1:36 am Brasília time on Sunday.",
        "2021-10-18",
        "1:36 am Brasília time",
        "2021-10-17T04:36:00Z",
        "minute",
    ),
    ("It lifted off at 9:03 p.m. EST on November 10, 2021.", None, "9:03 p.m. EST", "2021-11-11T02:03:00Z", "minute"),
    ("It lifted off at 7 p.m. EDT on October 14, 2021.", None, "7 p.m. EDT", "2021-10-14T23:00:00Z", "hour"),
    (
        "It lifted off at 00:23 Beijing time on October 16, 2021.",
        None,
        "00:23 Beijing time",
        "2021-10-15T16:23:00Z",
        "minute",
    ),
    ("China's crew lifted off at 00:23 CST on October 16, 2021.", None, "00:23 CST", "2021-10-15T16:23:00Z", "minute"),
    (
        "From Texas it lifted off at 8:00 am CST on December 6, 2022.",
        None,
        "8:00 am CST",
        "2022-12-06T14:00:00Z",
        "minute",
    ),
    ("ISRO launched it at 14:35 IST on July 14, 2023.", None, "14:35 IST", "2023-07-14T09:05:00Z", "minute"),
    (
        "It lifted off at 11:55 Baikonur time on 9 April 2018.",
        None,
        "11:55 Baikonur time",
        "2018-04-09T05:55:00Z",
        "minute",
    ),
    (
        "It lifted off at 13:55 Baikonur time on 5 October 2021.",
        None,
        "13:55 Baikonur time",
        "2021-10-05T08:55:00Z",
        "minute",
    ),
    ("It lifted off at 09:20 JST on 25 December 2021.", None, "09:20 JST", "2021-12-25T00:20:00Z", "minute"),
    ("It lifted off at 14:20 CET on 5 December 2021.", None, "14:20 CET", "2021-12-05T13:20:00Z", "minute"),
    ("It docked at 15:22:31 UTC+3 on 5 October 2021.", None, "15:22:31 UTC+3", "2021-10-05T12:22:31Z", "second"),
    ("It docked at 2021-10-05T12:22:31Z.", None, "2021-10-05T12:22:31Z", "2021-10-05T12:22:31Z", "second"),
    # the day told before
    (
        "She came home this Sunday (17). The capsule landed at 04:36 GMT.",
        "2021-10-18",
        "04:36 GMT",
        "2021-10-17T04:36:00Z",
        "minute",
    ),
    # no zone, where the text has named only one
    (
        "It lifted off at 00:23 Beijing time on October 16, 2021. It docked at 06:56.",
        None,
        "06:56",
        "2021-10-15T22:56:00Z",
        "minute",
    ),
    (
        "It lifted off at 1:17 p.m. EDT on Saturday. It is due to dock at 5:30 p.m. on Sunday.",
        "2024-09-29",
        "5:30 p.m.",
        "2024-09-29T21:30:00Z",
        "minute",
    ),
    # what went before on the day
    (
        "It landed at 10:33 p.m. EST on November 8, 2021. It had undocked at 2:05 p.m. EST.",
        None,
        "2:05 p.m. EST",
        "2021-11-08T19:05:00Z",
        "minute",
    ),
    (
        "The crew undocked at 0:44 am Beijing time on 16 April 2022.",
        None,
        "0:44 am Beijing time",
        "2022-04-15T16:44:00Z",
        "minute",
    ),
    # a year behind a comma is of something else
    (
        "It came home on May 2, 2021. It was 06:56 GMT, the first night landing since 1968.",
        None,
        "06:56 GMT",
        "2021-05-02T06:56:00Z",
        "minute",
    ),
    # the clock of a people or a place
    (
        "It left on Thursday at 21:18 Italian time.",
        "1996-02-26",
        "21:18 Italian time",
        "1996-02-22T20:18:00Z",
        "minute",
    ),
    (
        "It left on Thursday at 21.18 Italian time.",
        "1996-02-26",
        "21.18 Italian time",
        "1996-02-22T20:18:00Z",
        "minute",
    ),
    (
        "It landed at 04:49 Moscow summer time on September 7, 1988.",
        None,
        "04:49 Moscow summer time",
        "1988-09-07T00:49:00Z",
        "minute",
    ),
    (
        "It rose at 9:35 am local time in Texas on May 19, 2024.",
        None,
        "9:35 am local time in Texas",
        "2024-05-19T14:35:00Z",
        "minute",
    ),
    (
        "It rose from Baikonur at 5:36 p.m. local time on March 23, 2024.",
        None,
        "5:36 p.m. local time",
        "2024-03-23T12:36:00Z",
        "minute",
    ),
    (
        "It landed on Sunday at 8:09 in the evening, Beijing time.",
        "2022-12-05",
        "8:09 in the evening, Beijing time",
        "2022-12-04T12:09:00Z",
        "minute",
    ),
    # the zone of the clock told before, where the text names several
    (
        "It left at 11:42 am EDT on Friday. It burned at 2:10 p.m. Moscow time, and fell silent at 2:57 p.m.",
        "2023-06-10",
        "2:57 p.m.",
        "2023-06-09T11:57:00Z",
        "minute",
    ),
    # the half of the day
    (
        "It rose at 12:31 a.m. EDT on Friday. At 7:47 that Friday morning it let go of the telescope.",
        "1999-07-28",
        "7:47",
        "1999-07-23T11:47:00Z",
        "minute",
    ),
    (
        "It rose at 8:15 am CST on Saturday.\n\nShortly after seven o’clock she was the first to enter.",
        "2025-12-21",
        "seven o’clock",
        None,
        "hour",
    ),
    (
        "It rose in Texas at 8:15 am local time on Saturday.\n\nShortly after seven o’clock local time she was in.",
        "2025-12-21",
        "seven o’clock local time",
        "2025-12-20T13:00:00Z",
        "hour",
    ),
    # two clocks that agree
    (
        "They came home this Saturday (16). It landed at 9:56 am Beijing time (10:56 pm on Friday in Brasília).",
        "2022-04-17",
        "9:56 am Beijing time (10:56 pm on Friday in Brasília)",
        "2022-04-16T01:56:00Z",
        "minute",
    ),
    (
        "It left on Saturday at 20:35 Eastern time (00:35 GMT of Sunday).",
        "2021-05-02",
        "20:35 Eastern time (00:35 GMT of Sunday)",
        "2021-05-02T00:35:00Z",
        "minute",
    ),
    (
        "It landed at 04:36 GMT (7:36 am Moscow time) on Sunday.",
        "2021-10-18",
        "04:36 GMT (7:36 am Moscow time)",
        "2021-10-17T04:36:00Z",
        "minute",
    ),
    (
        "It flew at 9:03 p.m. EST (0203 GMT Thursday) on November 10, 2021.",
        None,
        "9:03 p.m. EST (0203 GMT Thursday)",
        "2021-11-11T02:03:00Z",
        "minute",
    ),
]


async def read(terms: Terms, text: str, published: str | None = None) -> dict[str, TimeMention]:
    found = await terms.annotate(Document(id="a", text=text, published=published))
    times = [mention for mention in found if isinstance(mention, TimeMention)]
    return {text[mention.start : mention.end]: mention for mention in times}


@pytest.mark.parametrize(("text", "published", "told", "time"), DAYS)
async def test_a_day_is_resolved(terms: Terms, text: str, published: str | None, told: str, time: str) -> None:
    mention = (await read(terms, text, published))[told]
    assert (mention.time, mention.time_precision, mention.contradiction) == (time, "day", False)


@pytest.mark.parametrize("case", LONGER)
async def test_a_longer_span_is_its_beginning(terms: Terms, case: tuple[str, str | None, str, str, str]) -> None:
    text, published, told, time, precision = case
    mention = (await read(terms, text, published))[told]
    assert (mention.time, mention.time_precision) == (time, precision)


@pytest.mark.parametrize(("text", "published", "told"), UNRESOLVED)
async def test_what_cannot_be_resolved_has_no_time(terms: Terms, text: str, published: str | None, told: str) -> None:
    assert (await read(terms, text, published))[told].time is None


@pytest.mark.parametrize("text", SILENT)
async def test_what_tells_no_time_is_no_mention(terms: Terms, text: str) -> None:
    assert await read(terms, text, "2021-10-18") == {}


@pytest.mark.parametrize("case", CLOCKS)
async def test_a_clock_stands_on_its_day_in_utc(terms: Terms, case: tuple[str, str | None, str, str, str]) -> None:
    text, published, told, time, precision = case
    mention = (await read(terms, text, published))[told]
    assert (mention.time, mention.time_precision, mention.contradiction) == (time, precision, False)


async def test_weekday_and_number_that_disagree_are_flagged_and_the_number_stands(terms: Terms) -> None:
    mention = (await read(terms, "He landed this Sunday (16).", "2021-10-18"))["this Sunday (16)"]
    assert mention.time == "2021-10-16T00:00:00Z"
    assert mention.contradiction
    assert mention.readings == ("2021-10-16T00:00:00Z", "2021-10-17T00:00:00Z")


async def test_a_wrong_weekday_beside_a_full_date_is_flagged(terms: Terms) -> None:
    mention = (await read(terms, "He landed on Friday, October 17, 2021."))["Friday, October 17, 2021"]
    assert (mention.time, mention.contradiction) == ("2021-10-17T00:00:00Z", True)


async def test_a_clock_takes_no_day_of_another_tense(terms: Terms) -> None:
    text = "The next ship will fly on Friday. Today's ship landed at 04:36 GMT."
    assert (await read(terms, text, "2021-10-18"))["04:36 GMT"].time is None


async def test_a_local_clock_that_fits_no_place_is_no_contradiction(terms: Terms) -> None:
    text = "It rose in Texas at 3:15 pm CET (11:15 am local time) on December 20, 2025."
    [mention, _] = [m for m in await terms.annotate(Document(id="a", text=text)) if isinstance(m, TimeMention)]
    assert (mention.time, mention.contradiction) == ("2025-12-20T14:15:00Z", False)
    assert not list(await terms.repair(Document(id="a", text=text)))


async def test_a_new_paragraph_may_go_back_by_hours_but_not_by_a_night(terms: Terms) -> None:
    text = "It landed at 11 pm GMT on Friday.\n\nThe hatch was shut at {} GMT."
    assert (await read(terms, text.format("9 pm"), "2021-10-18"))["9 pm GMT"].time == "2021-10-15T21:00:00Z"
    assert (await read(terms, text.format("5 am"), "2021-10-18"))["5 am GMT"].time is None


@pytest.mark.parametrize(
    "text",
    [
        "They landed on Sunday.\n\nThey had undocked on Saturday.\n\nThe hatch had been closed at 19:10 GMT.",
        "They docked on Sunday.\n\nThey had been sent up on Saturday.\n\nThe rocket rose at 19:10 GMT.",
        "They landed on Sunday.\n\nLee, who left with them on May 2, stays. The Soyuz rose at 19:10 GMT.",
    ],
)
async def test_a_clock_beside_a_day_told_in_passing_is_not_of_the_news(terms: Terms, text: str) -> None:
    assert (await read(terms, text, "2021-10-18"))["19:10 GMT"].time is None


@pytest.mark.parametrize(
    ("clock", "expected"), [("8:20 pm GMT", "2016-11-17T20:20:00Z"), ("1:20 am GMT", "2016-11-18T01:20:00Z")]
)
async def test_the_evening_of_a_night_between_two_days_is_of_the_first(terms: Terms, clock: str, expected: str) -> None:
    text = f"Three flew up in the night from Thursday to Friday.\n\nThe ship lifted off at {clock}."
    found = await terms.annotate(Document(id="a", text=text, published="2016-11-18T07:00:00Z"))
    assert [one.time for one in found if isinstance(one, TimeMention)][-1] == expected


async def test_a_day_on_which_something_was_said_is_of_no_clock_after_it(terms: Terms) -> None:
    text = "The ship left on Thursday. “We are well,” she told reporters on Wednesday. It docked at 2:13 pm GMT."
    found = await terms.annotate(Document(id="a", text=text, published="2020-04-09T19:00:00Z"))
    assert [one.time for one in found if isinstance(one, TimeMention)][-1] == "2020-04-09T14:13:00Z"


async def test_noon_without_a_zone_is_no_clock(terms: Terms) -> None:
    assert "noon" not in await read(terms, "They met on Sunday at noon. They stayed from noon to night.", "2021-10-18")


async def test_a_clock_takes_no_day_from_far_before(terms: Terms) -> None:
    text = "It began on October 5. Work went on. All was well. All slept. All woke. It was 04:36 GMT."
    assert (await read(terms, text, "2021-10-18"))["04:36 GMT"].time is None


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("It lifted off at 11 pm GMT on Friday. It docked at 3 pm GMT.", "3 pm GMT"),
        ("It docked at 5 am GMT on Friday. It had lifted off at 11 pm GMT.", "11 pm GMT"),
        ("It lifted off at 11 pm GMT on Monday. It docked at 5 am GMT.", "5 am GMT"),
    ],
)
async def test_a_clock_that_would_run_backwards_has_no_day(terms: Terms, text: str, clock: str) -> None:
    assert (await read(terms, text, "2021-10-18"))[clock].time is None


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("It left at 11 pm GMT (2 am Moscow time) on Friday. At 5 am a bus came.", "5 am"),
        ("It left at 11 pm GMT on Friday. It was at 11:30 pm local time.", "11:30 pm local time"),
        ("It left at 23:00 GMT on Friday. At 11:30 pm a bus came.", "11:30 pm"),
        ("It landed at 3 am EDT (noon there) on Friday, 9 am Paris time. It left at 1 am for Asia.", "1 am"),
    ],
)
async def test_a_clock_takes_no_zone_where_another_may_be_meant(terms: Terms, text: str, clock: str) -> None:
    assert (await read(terms, text, "2021-10-18"))[clock].time is None


async def test_a_day_of_a_relative_clause_is_of_no_clock_outside_it(terms: Terms) -> None:
    text = "They worked on Friday. Koch, who came on March 14 by Soyuz, floated out at 11:38 GMT."
    assert (await read(terms, text, "2019-10-19"))["11:38 GMT"].time == "2019-10-18T11:38:00Z"
    text = "They worked. Koch, who came on March 14 by Soyuz, floated out at 11:38 GMT."
    assert (await read(terms, text, "2019-10-19"))["11:38 GMT"].time is None
    text = "They worked with Koch, who came on March 14. It was 11:38 GMT."
    assert (await read(terms, text, "2019-10-19"))["11:38 GMT"].time is None
    text = "Koch, who came on March 14 at 11:38 GMT, worked."
    assert (await read(terms, text, "2019-10-19"))["11:38 GMT"].time == "2019-03-14T11:38:00Z"


async def test_a_month_of_another_year_is_not_the_last_one(terms: Terms) -> None:
    assert (await read(terms, "She flew in October of that year.", "2019-10-19"))["October"].time is None


async def test_each_manner_of_clocks_has_its_own_zone(terms: Terms) -> None:
    text = "They left on Friday at 7:38 a.m. EDT (1138 GMT) and came back at 2:55 p.m."
    assert (await read(terms, text, "2019-10-19"))["2:55 p.m."].time == "2019-10-18T18:55:00Z"


async def test_where_a_zone_is_wrong_it_is_not_handed_on(terms: Terms) -> None:
    text = "It landed on Sunday at 4:36 am GMT (1:36 am GMT). A bus came at 6 am, it was said."
    assert (await read(terms, text, "2021-10-18"))["6 am"].time is None


async def test_a_day_in_brackets_is_of_no_later_clock(terms: Terms) -> None:
    text = "It landed on Saturday (Friday in Brazil). It was 04:36 GMT."
    assert (await read(terms, text, "2021-10-18"))["04:36 GMT"].time == "2021-10-16T04:36:00Z"


async def test_a_clock_beside_a_year_alone_has_no_day(terms: Terms) -> None:
    text = "The crew landed on Sunday. In 1969 it was 20:17 GMT when another crew did."
    assert (await read(terms, text, "2021-10-18"))["20:17 GMT"].time is None


async def test_each_of_two_clocks_stands_on_the_date_that_is_tied_to_it(terms: Terms) -> None:
    text = "Launch is set for 02:03 UTC on Thursday, Nov. 11 (9:03 p.m. EST on Wednesday, Nov. 10)."
    found = await read(terms, text, "2021-10-18")
    assert found["02:03 UTC"].time == found["9:03 p.m. EST"].time == "2021-11-11T02:03:00Z"


async def test_seconds_are_told_in_either_form(terms: Terms) -> None:
    text = "It lifted off at 7:03:42 p.m. EDT (2303:42 GMT) on Friday."
    mention = (await read(terms, text, "2021-10-18"))["7:03:42 p.m. EDT (2303:42 GMT)"]
    assert (mention.time, mention.time_precision) == ("2021-10-15T23:03:42Z", "second")


async def test_the_title_tells_times_of_its_own(terms: Terms) -> None:
    document = Document(id="a", title="Crew lands on Sunday", text="So they said.", published="2021-10-18")
    [mention] = [m for m in await terms.annotate(document) if isinstance(m, TimeMention)]
    assert (mention.field, mention.start, mention.end, mention.time) == ("title", 14, 20, "2021-10-17T00:00:00Z")


COUNTED = [
    ("It flew on October 5. The next day it docked.", "The next day", "2021-10-06T00:00:00Z"),
    ("It docked on October 5. It had lifted off two days before.", "two days before", "2021-10-03T00:00:00Z"),
    ("It landed on October 5. Three weeks later it flew again.", "Three weeks later", "2021-10-26T00:00:00Z"),
    ("It flew on October 5 and docked the same evening.", "the same evening", "2021-10-05T00:00:00Z"),
    ("It landed on October 5. The day before, it had undocked.", "The day before", "2021-10-04T00:00:00Z"),
    (
        "It landed on October 5. She had slept the evening before in a tent.",
        "the evening before",
        "2021-10-04T00:00:00Z",
    ),
    ("It landed on October 5. The crew flew home the day after.", "the day after", "2021-10-06T00:00:00Z"),
    ("It landed on October 5. Two days earlier Li had undocked.", "Two days earlier", "2021-10-03T00:00:00Z"),
    ("It landed on the 14th.", "the 14th", "2021-10-14T00:00:00Z"),
    ("It was said at the beginning of the month.", "the beginning of the month", "2021-10-01T00:00:00Z"),
    ("For October 20 the landing is planned.", "October 20", "2021-10-20T00:00:00Z"),
    ("The ship will not fly before February.", "February", "2022-02-01T00:00:00Z"),
    ("The ship will stay there until January.", "January", "2022-01-01T00:00:00Z"),
    ("It is to land at the end of March.", "March", "2022-03-01T00:00:00Z"),
    ("They will stay longer than a crew, who came home on September 17.", "September 17", "2021-09-17T00:00:00Z"),
]


@pytest.mark.parametrize(("text", "told", "time"), COUNTED)
async def test_a_day_is_counted_from_the_one_told_before_it(terms: Terms, text: str, told: str, time: str) -> None:
    assert (await read(terms, text, "2021-10-30" if "weeks" in text else "2021-10-18"))[told].time == time


@pytest.mark.parametrize(
    "text",
    [
        "The next day it docked.",
        "It flew two days before the launch of Soyuz.",
        "A day later all was well.",
        "The evening before the landing they slept.",
        "Two days earlier than planned it rose.",
    ],
)
async def test_a_day_counted_from_nothing_has_no_time(terms: Terms, text: str) -> None:
    assert [mention for mention in (await read(terms, text, "2021-10-18")).values() if mention.time] == []


async def test_a_day_may_stand_between_a_clock_and_its_zone(terms: Terms) -> None:
    text = (
        "They went back at 1:16 am on Monday, Beijing time, and slept. They woke at 6:56 am on the 19th, Beijing time."
    )
    told = {mention.time for mention in (await read(terms, text, "2021-10-20")).values()}
    assert told == {"2021-10-17T17:16:00Z", "2021-10-18T22:56:00Z"}


async def test_an_article_of_one_day_means_it_far_down_too(terms: Terms) -> None:
    text = "It landed on Sunday. Work went on. All was well. All slept. All woke. It was 04:36 GMT."
    assert (await read(terms, text, "2021-10-18"))["04:36 GMT"].time == "2021-10-17T04:36:00Z"


@pytest.mark.parametrize(
    "text",
    [
        "He heard of May and of her team.",
        "The men of March Air Base flew home.",
        "Some of August's crew stayed.",
        "He waited for June Lockhart.",
        "More than 2000 came to see the rocket.",
        "Their number fell to 2000.",
    ],
)
async def test_a_name_or_a_count_is_no_month_and_no_year(terms: Terms, text: str) -> None:
    assert await read(terms, text, "2021-10-21") == {}


NEWS = [
    (
        "They came in at 3:10 p.m. EDT today.\n\nThey had left at 8:02 a.m. EDT.",
        "8:02 a.m. EDT",
        "2021-10-21T12:02:00Z",
    ),
    (
        "They came in at 3:10 p.m. EDT today.\n\nThey went out at 8:02 a.m. EDT.",
        "8:02 a.m. EDT",
        "2021-10-21T12:02:00Z",
    ),
    ("It docked at 11:08 CEST (09:08 GMT) today.", "11:08 CEST (09:08 GMT)", "2021-10-21T09:08:00Z"),
    ("It docked (at last) today. It left at 10:00 CEST.", "10:00 CEST", "2021-10-21T08:00:00Z"),
    (
        "They landed on the 20th. They had left at 5 o'clock in the morning of the same day, Japan time.",
        "5 o'clock in the morning of the same day, Japan time",
        "2021-10-19T20:00:00Z",
    ),
    (
        "They left on Tuesday, and docked at 6:15 in the evening of the following day, Moscow time.",
        "6:15 in the evening of the following day, Moscow time",
        "2021-10-20T15:15:00Z",
    ),
    (
        "The rocket rose from Sriharikota on Monday at 2:43 pm.\n\nThe halt on October 15, at 1:55 am, was long.",
        "1:55 am",
        "2021-10-14T20:25:00Z",
    ),
]


@pytest.mark.parametrize(("text", "clock", "time"), NEWS)
async def test_a_clock_of_the_news_has_the_day_of_it(terms: Terms, text: str, clock: str, time: str) -> None:
    assert (await read(terms, text, "2021-10-21"))[clock].time == time
