"""Every row of the table of terms, on texts of our own: what it mends, and how the mended text reads."""

from collections.abc import Awaitable, Callable

import pytest

from missionwire.plugin import Correction, CraftMention, Document, PersonMention, Span
from missionwire_terms import Terms

Mender = Callable[[str], Awaitable[tuple[str, list[Correction]]]]

MENDED = [
    ("The Soyuz landed in the steppe with its crew.\n\nThe device fell over in the wind.", "device", "capsule"),
    ("The two astronauts are home. The device of Soyuz MS-03 touched the ground.", "device", "capsule"),
    ("In May the apparatus with the four astronauts will return to Earth.", "apparatus", "capsule"),
    (
        "It landed. All ate. All slept. Rain fell. After the removal from the capsule the three ate.",
        "removal",
        "evacuation",
    ),
    ("The Dragon capsule reached the Harmony module.\n\nThe attachment happened by itself.", "attachment", "docking"),
    ("This Friday (5) the Dragon capsule waits for four, whose ditching is planned.", "ditching", "splashdown"),
    ("The Soyuz MS-22 hung this Friday (5) on the orbital laboratory.", "orbital laboratory", "space station"),
    # what capsules, rockets and crews are called in languages that are translated
    ("The Dragon capsule watered safely on Saturday off Florida.", "watered", "splashed down"),
    ("The four astronauts watered in the Atlantic at dawn.", "watered", "splashed down"),
    ("A rocket rose. All slept. All woke. All ate. The separation of the second floor was loud.", "floor", "stage"),
    ("A rocket rose. All slept. All woke. All ate. The capsule parted from the propeller.", "propeller", "booster"),
    ("A rocket rose. All slept. All woke. All ate. The propeller returned alone and landed.", "propeller", "booster"),
    ("The Soyuz landed. She left the apparatus in which they had travelled home.", "apparatus", "capsule"),
    ("A Shenzhou capsule came down. Li Wei, in charge of the search, praised his crew.", "crew", "team"),
    ("The four astronauts came home from the ISS this Friday (5) after a perfect watering.", "watering", "splashdown"),
    ("The Dragon capsule made its watering this Friday (5) off Florida.", "watering", "splashdown"),
    ("The Dragon capsule is in the Gulf. After the watering the four slept.", "watering", "splashdown"),
    ("The crew of the Dragon capsule slept; the device was already on the deck of a ship.", "device", "capsule"),
    ("The Proton-M carrier rose into orbit.", "carrier", "launch vehicle"),
    ("This Friday (5) a rocket waits. The carrier was rolled out at dawn.", "carrier", "launch vehicle"),
    ("All slept. At second 118 the side accelerators separated. The rocket flew on.", "accelerators", "boosters"),
    ("The second step separated, and the rocket flew on.", "step", "stage"),
    ("The cosmonauts prepare the outboard mission on the ISS.", "outboard mission", "spacewalk"),
    ("The head of Roscosmos, Ivan Orlov, flew with his crew in a helicopter.", "crew", "team"),
    ("The Progress ship moored on Monday at 9 pm to the ISS.", "moored", "docked"),
    ("The Dragon will couple to the Harmony module of the ISS.", "couple", "dock"),
    ("This Friday (5) the Crew Dragon mission ditched in the Pacific.", "ditched", "splashed down"),
    ("The Soyuz landed. Doctors waited for the crew beside the apparatus.", "apparatus", "capsule"),
    ("The H3 rocket opened its hood after the launch.", "hood", "fairing"),
    ("The Dragon landed in the sea. This Friday (5) the astronaut left the device smiling.", "device", "capsule"),
    ("The head of ISRO, V. Narayan, embraced his crew.", "crew", "team"),
    ("The engines of Zvezda turned the station, the ISS.", "engines", "thrusters"),
    # docking, undocking
    ("The coupling of Shenzhou-16 with the station took 33 minutes.", "coupling", "docking"),
    ("The ship is on its way to Tiangong. Coupling is expected tonight.", "Coupling", "Docking"),
    ("The crew watched the manual coupling from the space station.", "coupling", "docking"),
    ("Crew Dragon coupled with the station at dawn.", "coupled", "docked"),
    ("Soyuz TM-31 will couple to the ISS on Thursday.", "couple", "dock"),
    ("After the hitching, the astronauts opened the hatch of the spacecraft.", "hitching", "docking"),
    ("The attachment of the Progress ship to the ISS was automatic.", "attachment", "docking"),
    (
        "An automatic attachment, the cosmonauts on Mir agreed, is easier. During the attachment, the crew held on.",
        "attachment",
        "docking",
    ),
    ("The uncoupling of Soyuz TMA-20 from the station is set for Monday.", "uncoupling", "undocking"),
    ("Starliner uncoupled from the ISS without its crew.", "uncoupled", "undocked"),
    ("DECOUPLING OF THE SPACECRAFT AND ITS CREW", "DECOUPLING", "UNDOCKING"),
    ("The Soyuz ship coupled successfully.", "coupled", "docked"),
    ("The ship uncoupled successfully, Roscosmos said.", "uncoupled", "undocked"),
    ("The spacecraft is coupling with the ISS right now.", "coupling", "docking"),
    ("It was the third of four couplings with the ISS.", "couplings", "dockings"),
    ("The Soyuz ship, with the crew aboard, coupled to the module Rassvet at night.", "coupled", "docked"),
    ("The mooring of the Progress ship to the ISS was automatic.", "mooring", "docking"),
    ("The freighter HTV-X hooked itself to the space station.", "hooked itself", "docked"),
    ("The attachment to the Prichal module of the ISS is planned for Monday.", "attachment", "docking"),
    ("The uncoupling of the ship had been fixed for February 3, the cosmonaut said.", "uncoupling", "undocking"),
    ("The detachment of the Dragon capsule from the Harmony module took an hour.", "detachment", "undocking"),
    ("The unhooking of the Soyuz from the station is planned for Thursday.", "unhooking", "undocking"),
    ("The Soyuz slept. All ate. All was well. All woke. The decoupling occurred at noon.", "decoupling", "undocking"),
    ("Nauka has cables, and its coupling with the space station is foreseen for May.", "coupling", "docking"),
    ("Crew Dragon carried out its attachment to the Harmony module at dawn.", "attachment", "docking"),
    ("The Dragon was hitched this Saturday (9) to the space station.", "hitched", "docked"),
    ("The freighter hitches to the ISS on Friday.", "hitches", "docks"),
    ("The Progress freighter will unhook from the space station in May.", "unhook", "undock"),
    ("The Soyuz rose. The coupling, automatic, followed at noon.", "coupling", "docking"),
    # docking and parting as verbs, and far from their craft
    ("Once coupled, the crew waited two hours before it opened the hatch of the Soyuz.", "coupled", "docked"),
    ("The cosmonauts had to couple the ship by hand.", "couple", "dock"),
    ("The Soyuz, coupled to the ISS, lost nothing.", "coupled", "docked"),
    ("The Dragon, which coupled on Sunday, brought four astronauts.", "coupled", "docked"),
    ("A ship waits at the ISS. On Saturday the ship will uncouple.", "uncouple", "undock"),
    ("Crew-9 is going home: the Dragon decouples on Tuesday, NASA said.", "decouples", "undocks"),
    ("The lunar module coupled with the command module above the Moon.", "coupled", "docked"),
    (
        "The Soyuz left this Friday (5). The cosmonauts slept. All ate. The coupling was declared complete at ten.",
        "coupling",
        "docking",
    ),
    # the device in which a crew came down, where no other one is told of
    ("The Soyuz landed this Friday (5) with its crew. The rescuers ran to the apparatus.", "apparatus", "capsule"),
    ("The Soyuz landed this Friday (5). The device lay in the grass, the cosmonaut said.", "device", "capsule"),
    ("The four astronauts came home this Friday (5). She came out third from the apparatus.", "apparatus", "capsule"),
    # splashdowns
    ("The Dragon will water on Saturday (6) off Pensacola, NASA said.", "water", "splash down"),
    ("This Friday (5) Orion watered at 8:07 pm, after ten days around the Moon.", "watered", "splashed down"),
    ("The Dragon left the ISS this Friday (5). The moment of the watering was filmed.", "watering", "splashdown"),
    ("It was the ninth ditching of a Dragon with a crew from the ISS this Friday (5).", "ditching", "splashdown"),
    # captains
    ("This Friday (5) the ISS got a Japanese captain.", "captain", "commander"),
    ("This Friday (5) the captains of both crews embraced on the ISS.", "captains", "commanders"),
    ("This Friday (5) Kononenko, who was captain of two expeditions, left the ISS.", "captain", "commander"),
    # cosmodromes
    ("Their rocket left the polygon Baikonur in March.", "polygon", "cosmodrome"),
    ("The rocket waits in Baikonur. The crew arrived at the polygon this Friday (5).", "polygon", "cosmodrome"),
    # boosters and stages
    ("The shuttle rose at the launch. NASA said the two solid propellers worked.", "propellers", "boosters"),
    ("The SLS rocket rose this Friday (5) with its two propellers.", "propellers", "boosters"),
    ("This Friday (5) the Falcon 9 left. The reusable first floor is lost.", "floor", "stage"),
    # launches
    ("Two days after his decollage from Baikonur he reached the ISS.", "decollage", "launch"),
    ("The three left for the ISS. The take-off had been put off twice.", "take-off", "launch"),
    ("This Friday (5): the base of Baikonur, where cosmonauts plant trees.", "base", "cosmodrome"),
    ("The Ariane 6 flew with four powder accelerators.", "accelerators", "boosters"),
    ("This Friday (5) the second floor worked. The Ariane 6 flew on.", "floor", "stage"),
    ("This Friday (5), after the take-off, the astronauts smiled.", "take-off", "launch"),
    ("The crew took its places in the apparatus. The Soyuz rocket waited.", "apparatus", "capsule"),
    ("The first exit to space of a woman came later. The cosmonaut Savitskaya made it.", "exit to space", "spacewalk"),
    # what is told without the words beside it
    (
        "This Friday (5) a Soyuz left Baikonur for the station. On the space lab six people wait.",
        "space lab",
        "space station",
    ),
    ("This Friday (5) China's space lab, Tiangong, got a crew.", "space lab", "space station"),
    ("This Friday (5) an astronaut in a diving suit waved from the ISS.", "diving suit", "spacesuit"),
    ("The mobile Perseverance landed on Mars.", "mobile", "rover"),
    ("The moon car slept on the Moon, but this Friday (5) it rolled on.", "moon car", "rover"),
    ("The tripulation of the Soyuz slept.", "tripulation", "crew"),
    ("This Friday (5) the orientation engines of the Dragon capsule failed.", "orientation engines", "thrusters"),
    ("This Friday (5) the administrator and his crew watched the launch of the rocket.", "crew", "team"),
    # separation from a rocket
    ("The decoupling of the capsule from the rocket followed at 75 kilometres.", "decoupling", "separation"),
    ("The Orion capsule uncoupled from the second stage after three hours.", "uncoupled", "separated"),
    # capsule
    ("The rocket stood ready. Ana Prado waved. Prado was the first to enter the device.", "device", "capsule"),
    ("The descent apparatus of the Soyuz stood in the steppe.", "descent apparatus", "descent capsule"),
    ("The exit of the cosmonauts from the device took an hour.", "device", "capsule"),
    ("Two hours after landing, astronaut Samantha Cristoforetti was helped out of the device.", "device", "capsule"),
    ("The taikonauts climbed out of the apparatus one after the other.", "apparatus", "capsule"),
    ("The cosmonauts had entered the device almost three hours before.", "device", "capsule"),
    ("Orlov spoke to the cosmonauts. Helicopters flew when the device touched the ground.", "device", "capsule"),
    ("The taikonauts were well; at 4:40 pm the device stood on the sand of Dongfeng.", "device", "capsule"),
    ("An apparatus with three cosmonauts aboard landed in the steppe.", "An apparatus", "A capsule"),
    (
        (
            "The device with the cosmonaut Ivan Orlov, the American astronaut Anastasia Prado-Montgomery and "
            "the Japanese astronaut Kenichiro Onodera touched the ground."
        ),
        "device",
        "capsule",
    ),
    ("The commander of the Soyuz crew was extracted first from the apparatus.", "apparatus", "capsule"),
    (
        "The Crew Dragon docked. On board the apparatus are the American astronauts Prado and Berg.",
        "apparatus",
        "capsule",
    ),
    ("The Soyuz ship left. Later the device was placed in orbit with its three passengers.", "device", "capsule"),
    ("The Soyuz ship left for the ISS. The hitching is foreseen for Friday at 11:10.", "hitching", "docking"),
    (
        "The ship left for the ISS on Monday.\n\nThey slept.\n\nThe hitching will take place today.",
        "hitching",
        "docking",
    ),
    ("The three astronauts inside the device, tired but well, waved.", "device", "capsule"),
    (
        "The four astronauts slept. The device, named Resilience, made a safe landing in the Gulf of Mexico.",
        "device",
        "capsule",
    ),
    ("The device that brought the astronaut Berg, with Costa and Dale, landed in the steppe.", "device", "capsule"),
    ("The cosmonauts had settled into the appliance more than two hours earlier.", "appliance", "capsule"),
    ("The space apparatus Luna-25 was built by the Russian space agency.", "space apparatus", "spacecraft"),
    # rover
    ("On Mars, the first Chinese mobile, Zhurong, rolled over the sand.", "mobile", "rover"),
    ("The marsokhod sent pictures of Mars.", "marsokhod", "rover"),
    ("The craft is on the Moon. There the mobile Pragyan rolled out of it.", "mobile", "rover"),
    ("The probe is on the Moon. Night fell. The robot car of 26 kilos is to explore it.", "robot car", "rover"),
    ("The mobile apparatus will drive on the Moon for three months.", "mobile apparatus", "rover"),
    ("China landed a robot car on Mars. It has rolled 300 metres since.", "robot car", "rover"),
    ("On the lunar surface the mobile drove around a crater.", "mobile", "rover"),
    # space station
    (
        "This Friday (5) Wang Yaping left Tiangong after half a year. She called the space lab her second home.",
        "space lab",
        "space station",
    ),
    ("This Friday (5) the Mir crew repaired the orbital laboratory themselves.", "orbital laboratory", "space station"),
    # evacuation
    ("The capsule landed upright in the steppe. The retreat of the crew took ten minutes.", "retreat", "evacuation"),
    ("After touchdown, doctors oversaw the removal of the astronauts from the capsule.", "removal", "evacuation"),
    ("The ship has landed. A withdrawal from the capsule is next.", "A withdrawal", "An evacuation"),
    # team
    (
        "NASA administrator Bill Nelson waved. Nelson and his crew toured the launch pad in three helicopters.",
        "crew",
        "team",
    ),
    ("The landing was filmed for NASA by the crew of the producer.", "crew", "team"),
    # launch
    ("Three minutes after take-off the Long March rocket dropped its boosters.", "take-off", "launch"),
    ("The take off of the Soyuz rocket was watched by thousands.", "take off", "launch"),
    ("The décollage of the Ariane 6 rocket was put off.", "décollage", "launch"),
    # Moon landing
    ("Armstrong spoke of the alunissage as an adventure for NASA.", "alunissage", "Moon landing"),
    ("NASA wants an alunizing near the south pole.", "an alunizing", "a Moon landing"),
    ("The first landing on the moon was watched by 600 million people.", "landing on the moon", "Moon landing"),
    # splashdown
    ("The capsule's amerizaje in the Pacific was gentle.", "amerizaje", "splashdown"),
    (
        "SpaceX's Dragon is due back off Florida, in the Atlantic. After the watering, divers will secure it.",
        "watering",
        "splashdown",
    ),
    ("The ditching of the Orion capsule in the ocean went well.", "ditching", "splashdown"),
    ("The amaritage of the Dragon should follow the next day.", "amaritage", "splashdown"),
    ("This Friday (5) a Dragon came home. The watering moved the astronauts.", "watering", "splashdown"),
    # landing
    ("The atterrissage of the Soyuz was soft.", "atterrissage", "landing"),
    # space
    ("A cosmic ship left Baikonur.", "cosmic", "space"),
    ("The European Spatial Agency chose five astronauts.", "Spatial", "Space"),
    ("It was the fifth spatial walk outside the ISS.", "spatial", "space"),
    # spacewalk
    ("Two cosmonauts prepare for a space exit from the Poisk airlock.", "space exit", "spacewalk"),
    ("Alexei Leonov's exit into open space in 1965 made the cosmonaut famous.", "exit into open space", "spacewalk"),
    ("The crew made an exit to space to mend a solar panel of the station.", "an exit to space", "a spacewalk"),
    ("No exit to space is foreseen for the crew.", "exit to space", "spacewalk"),
    ("The cosmonauts made two sorties into open space.", "sorties into open space", "spacewalks"),
    # launch vehicle
    ("The launcher rocket ignited and rose from Wenchang.", "launcher rocket", "launch vehicle"),
    (
        "With the satellite on top, the carrier ignited on time and its first stage burned out. It is a new rocket.",
        "carrier",
        "launch vehicle",
    ),
    ("The tripulants felt the ship separate from the carrier rocket, CMSA said.", "tripulants", "crew members"),
    # thrusters
    ("The engines of Nauka fired by mistake and tilted the ISS by 45 degrees.", "engines", "thrusters"),
    # stage
    ("The first floor of the Soyuz rocket separated after two minutes.", "floor", "stage"),
    ("The Falcon 9's second floor shut down early.", "floor", "stage"),
    ("The giant rocket left. The first floor came down softly in the Gulf.", "floor", "stage"),
    ("The probe left in an H-IIA rocket. It separated from the second floor after 47 minutes.", "floor", "stage"),
    ("All three stage floors of the rocket worked.", "stage floors", "stages"),
    ("The two floors of the Proton rocket ignited as planned.", "floors", "stages"),
    # booster, engine
    ("Two minutes after liftoff of the rocket, the side propellers separated.", "propellers", "boosters"),
    ("The rocket began its ascent when the propellers ignited.", "propellers", "engines"),
    # spacesuit
    ("Each scaphander for the spacewalk weighs 110 kilograms on Earth, ESA says.", "scaphander", "spacesuit"),
    ("The cosmonauts put on their diving suits before the launch.", "diving suits", "spacesuits"),
    ("Dressed in a white scaphander, she stood on the Moon.", "scaphander", "spacesuit"),
    # thrusters, booster
    ("The small engines with which the ship corrects its position in orbit failed.", "engines", "thrusters"),
    ("The rocket rose. The propeller of the first stage came back to the ground.", "propeller", "booster"),
    # team
    ("This Friday (5) the Soyuz rose. He followed it with his crew of researchers.", "crew", "team"),
    ("This Friday (5) the Soyuz rose. The crew in the control room cried.", "crew", "team"),
    # crew
    ("This Friday (5) the piloted ship Soyuz rose.", "piloted", "crewed"),
    ("The three tripulants of Shenzhou-14 slept well.", "tripulants", "crew members"),
    ("India prepares its first manned mission to orbit, ISRO said.", "manned", "crewed"),
    ("MANNED FLIGHT TO MARS PLANNED BY NASA", "MANNED", "CREWED"),
    # commander
    ("This Friday (5) the captain of the Soyuz reported a good separation.", "captain", "commander"),
    ("This Friday (5) she became the station's captain, the first for ESA.", "captain", "commander"),
    (
        "This Friday (5), using the joystick, captain Anton Petrenko brought the Soyuz to the ISS.",
        "captain",
        "commander",
    ),
    ("This Friday (5): who is the captain of the crew on the ISS?", "captain", "commander"),
    ("This Friday (5) the crew of the Soyuz slept. The captain is Ivan Orlov.", "captain", "commander"),
    ("This Friday (5) it joined the ISS. At 8 pm the captain Chen Dong opened the hatch.", "captain", "commander"),
    # cosmodrome, spaceport
    ("The cosmonauts left from the space base in Kazakhstan.", "space base", "cosmodrome"),
    ("The rocket left the Baikonur base at night.", "base", "cosmodrome"),
    ("Soyuz-2 was launched from the space base at Plesetsk.", "space base", "cosmodrome"),
    ("An Ariane 5 lifted off from the space base in Kourou.", "space base", "spaceport"),
    # fairing
    ("The rocket's cone of honour was thrown off at 120 kilometres.", "cone of honour", "fairing"),
    ("After three minutes the hood was jettisoned and the Electron rocket flew on.", "hood", "fairing"),
    # tip over
    ("The Soyuz capsule landed softly but fell sideways in the wind.", "fell sideways", "tipped onto its side"),
    # words beside which nothing else is needed
    (
        "It landed at noon. All slept. Some ate. Then the retreat of the crew from the capsule began.",
        "retreat",
        "evacuation",
    ),
    ("The three had taken off from the space base at Baikonur.", "space base", "cosmodrome"),
    ("Tourists may visit the space base at Kourou in French Guiana.", "space base", "spaceport"),
    ("It was the first nocturnal watering of an American capsule in the Pacific.", "watering", "splashdown"),
    ("After the launch one of the four propellers of the rocket did not separate.", "propellers", "boosters"),
    (
        "“India is on the Moon,” said the head of ISRO, Sreedhara Somanath, who was cheered by his crew.",
        "crew",
        "team",
    ),
]


CASES = [pytest.param(text, text.replace(found, meant), id=text[:48]) for text, found, meant in MENDED]


@pytest.mark.parametrize(("text", "expected"), CASES)
async def test_a_wrong_term_becomes_the_right_one(mend: Mender, text: str, expected: str) -> None:
    mended, _ = await mend(text)
    assert mended == expected
    assert mended != text


@pytest.mark.parametrize("mended", [text.replace(found, meant) for text, found, meant in MENDED])
async def test_a_mended_text_is_not_mended_again(mend: Mender, mended: str) -> None:
    again, _ = await mend(mended)
    assert again == mended


@pytest.mark.parametrize("text", [text for text, _, _ in MENDED])
async def test_each_correction_covers_what_it_says_and_points_at_its_proof(mend: Mender, text: str) -> None:
    _, corrections = await mend(text)
    for correction in corrections:
        assert text[correction.start : correction.end] == correction.original
        assert correction.original != correction.replacement
        assert correction.reason.startswith("‘")
        assert correction.reason.endswith(".")
        assert 0 < correction.confidence <= 0.95
        assert all(text[proof.start : proof.end].strip() for proof in correction.evidence)


async def test_the_evidence_is_the_word_that_decides(mend: Mender) -> None:
    text = "The coupling with the space station took half an hour."
    _, [correction] = await mend(text)
    assert [text[proof.start : proof.end] for proof in correction.evidence] == ["space station"]
    assert correction.reason == "‘coupling’ is ‘docking’ here: two craft join."
    assert (correction.original, correction.confidence) == ("coupling", 0.95)


async def test_a_term_without_its_context_is_only_suggested(mend: Mender) -> None:
    text = "NASA has news. Many people took part in the discussion. Nobody spoke of the coupling."
    mended, [correction] = await mend(text)
    assert mended == text
    assert not correction.applied
    assert correction.confidence < 0.95
    assert "may be" in correction.reason


async def test_without_spaceflight_nothing_is_even_suggested(mend: Mender) -> None:
    text = (
        "The crew of the ship checked the coupling in port. The captain of the ship ordered a retreat. "
        "The first floor separated from the second. He was taken out of the device."
    )
    assert await mend(text) == (text, [])


async def test_a_title_is_mended_in_its_own_field(terms: Terms) -> None:
    document = Document(id="a", title="Shenzhou Coupling With Station Delayed", text="China said so.")
    [correction] = await terms.repair(document)
    assert (correction.field, correction.start, correction.original) == ("title", 9, "Coupling")
    assert correction.replacement == "Docking"
    assert correction.evidence == (Span(0, 8),)


HEADLINES = [
    ("Ansari arrives at the space lab", "space lab", "space station", "She came to the ISS this Friday (5)."),
    ("Hoshide becomes captain of the station", "captain", "commander", "He lives on the ISS since Friday (5)."),
    (
        "Onishi back with watering in Pacific",
        "watering",
        "splashdown",
        "This Friday (5) the Dragon capsule came home.",
    ),
    ("Crew-9 waters off Florida", "waters", "splashes down", "This Friday (5) the Dragon capsule came home."),
    ("Apparatus with three cosmonauts lands", "Apparatus", "Capsule", "The Soyuz landed this Friday (5)."),
    ("Exit into outer space completed", "Exit into outer space", "Spacewalk", "Two cosmonauts left the ISS."),
    ("Hitched at last", "Hitched", "Docked", "The Starliner capsule reached the ISS."),
    ("Two propellers fall into the sea", "propellers", "boosters", "A rocket rose this Friday (5)."),
]


@pytest.mark.parametrize(("title", "found", "meant", "text"), HEADLINES)
async def test_a_headline_is_understood_by_the_text_under_it(
    terms: Terms, title: str, found: str, meant: str, text: str
) -> None:
    [correction] = [c for c in await terms.repair(Document(id="a", title=title, text=text)) if c.field == "title"]
    assert (correction.original, correction.replacement, correction.applied) == (found, meant, True)
    alone = await terms.repair(Document(id="a", title=title, text="Nobody said so."))
    assert not any(c.applied for c in alone)


async def test_a_laboratory_named_in_an_earlier_paragraph_is_no_station_to_live_in(mend: Mender) -> None:
    text = "This Friday (5) NASA spoke of Skylab, a station of 77 tons.\n\nIn 1979 the space lab fell on Australia."
    assert (await mend(text))[0] == text


async def test_a_text_is_understood_by_its_headline(terms: Terms) -> None:
    text = "The coupling came at noon, and all went well."
    assert not any(c.applied for c in await terms.repair(Document(id="a", text=text)))
    document = Document(id="a", title="Soyuz reaches the ISS", text=text)
    [correction] = await terms.repair(document)
    assert (correction.field, correction.original, correction.evidence) == ("text", "coupling", ())


async def test_a_fault_in_the_headline_opens_the_text(terms: Terms) -> None:
    text = "The captain of the Soyuz, Ivan Orlov, waved."
    assert not any(c.applied for c in await terms.repair(Document(id="a", title="A crew is back", text=text)))
    found = list(await terms.repair(Document(id="a", title="A crew leaves the spatial station", text=text)))
    assert [(c.field, c.original) for c in found if c.applied] == [("text", "captain"), ("title", "spatial")]


async def test_mentions_of_other_plugins_are_context(terms: Terms) -> None:
    text = "Kibalchich took an hour for the coupling."
    assert not list(await terms.repair(Document(id="a", text=text)))
    named = CraftMention(start=0, end=10, name="Kibalchich", what="spacecraft")
    [correction] = await terms.repair(Document(id="a", text=text, mentions=(named,)))
    assert correction.applied
    assert correction.evidence == (Span(0, 10),)


async def test_a_longer_term_wins_over_one_inside_it(mend: Mender) -> None:
    text = "The rocket flew from the space base at Baikonur."
    mended, corrections = await mend(text)
    assert mended == "The rocket flew from the cosmodrome at Baikonur."
    assert len(corrections) == 1


async def test_a_quoted_term_is_mended_too(mend: Mender) -> None:
    mended, _ = await mend("“The coupling with the ISS was perfect,” she said.")
    assert mended == "“The docking with the ISS was perfect,” she said."


async def test_who_flew_keeps_a_crew(mend: Mender) -> None:
    text = "The head of Roscosmos met commander Petrov. Petrov and his crew looked well."
    assert (await mend(text))[0] == text


GOOD_ENGLISH = [
    "The crew of the ISS cleaned the orbital laboratory.",
    "He was the captain of Mir, the Soviet space station, in 1988.",
]


@pytest.mark.parametrize("text", GOOD_ENGLISH)
async def test_what_good_english_says_too_is_only_suggested(mend: Mender, text: str) -> None:
    mended, corrections = await mend(text)
    assert mended == text
    assert [correction.applied for correction in corrections] == [False]
    assert "nothing else shows that the text was translated" in corrections[0].reason


@pytest.mark.parametrize("text", GOOD_ENGLISH)
@pytest.mark.parametrize("fault", ["The tripulants slept.", "It was this Friday (5)."])
async def test_beside_another_fault_it_is_one_too(mend: Mender, text: str, fault: str) -> None:
    mended, _ = await mend(f"{text} {fault}")
    assert "orbital laboratory" not in mended
    assert "captain" not in mended


CAPTAINS = [
    (
        "The recovery ship raised the Crew Dragon. Mann, who served as captain, was the first; the amerizaje was soft.",
        True,
    ),
    ("The amerizaje of the Crew Dragon was soft. ESA captain Mann waved to all.", True),
    ("The amerizaje of the Crew Dragon was soft. The captain, Mann of NASA, waved.", True),
    ("The amerizaje of the Crew Dragon was soft. Mann, who served as captain of a hockey team, waved.", False),
    ("The amerizaje of the Crew Dragon was soft. Navy captain Mann waved.", False),
]


@pytest.mark.parametrize(("text", "is_mended"), CAPTAINS)
async def test_a_captain_who_is_a_named_flier_is_the_commander(terms: Terms, text: str, *, is_mended: bool) -> None:
    at = text.index("Mann")
    mann = PersonMention(start=at, end=at + 4, name="Nicole Mann", id="nicole-mann")
    corrections = await terms.repair(Document(id="a", text=text, mentions=(mann,)))
    assert ("captain" in {c.original for c in corrections if c.applied}) is is_mended


@pytest.mark.parametrize(
    "text",
    [
        "The astronauts watered the lettuce on Monday, off duty; then the capsule fell into the sea.",
        "The capsule fell into the sea. His eyes watered in the night.",
        "A rocket rose. The fire in the building led to the shutdown of the second floor.",
        "A rocket rose. A blade of the aircraft separated from the propeller.",
        "A rocket rose. A chip separated from the propeller shaft of the boat.",
        "The Soyuz landed. They showed the device in which the samples had flown.",
        "A Shenzhou capsule came down. Chen Dong, in command of the ship, praised his crew.",
        "The Soyuz rose. The Air Force captain Ann Berg waved.",
        "The Soyuz rose. The Italian football captain Ann Berg waved.",
    ],
)
async def test_water_propellers_floors_devices_and_other_captains_stay(mend: Mender, text: str) -> None:
    _, corrections = await mend(f"{text} The decollage was loud.")
    assert [correction.original for correction in corrections if correction.applied] == ["decollage"]
