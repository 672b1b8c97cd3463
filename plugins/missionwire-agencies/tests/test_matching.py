"""Where a text names an agency, and where it only looks like it."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire.plugin import AgencyMention, Document
from missionwire.testing import make
from missionwire_agencies import Agencies
from missionwire_agencies.register import load


def started() -> Agencies:
    plugin = make(Agencies)
    plugin.startup()
    return plugin


@pytest.fixture(scope="module")
def agencies() -> Agencies:
    return started()


# VOCABULARY, section 2: each id with its name and some aliases, in a sentence that tells of space.
VOCABULARY = {
    "roscosmos": [
        "Roscosmos State Corporation",
        "Roscosmos",
        "Roskosmos",
        "Russian space agency",
        "Роскосмос",
        "agência espacial russa",
    ],
    "soviet-space-program": [
        "Soviet space programme",
        "Soviet Union",
        "USSR",
        "СССР",
        "URSS",
        "União Soviética",
        "Union soviétique",
    ],
    "nasa": [
        "National Aeronautics and Space Administration",
        "NASA",
        "Nasa",
        "НАСА",
        "US space agency",
        "agência espacial americana",
    ],
    "esa": ["European Space Agency", "ESA", "ЕКА", "Agência Espacial Europeia", "Agence spatiale européenne"],
    "jaxa": ["Japan Aerospace Exploration Agency", "JAXA", "ДЖАКСА", "agencia espacial japonesa"],
    "cnsa": ["China National Space Administration", "CNSA", "КНКА", "agence spatiale chinoise"],
    "cmsa": ["China Manned Space Agency", "CMSA", "CMSEO", "Agência Espacial Tripulada da China"],
    "casc": ["China Aerospace Science and Technology Corporation", "CASC", "КАНК"],
    "isro": ["Indian Space Research Organisation", "ISRO", "ИСРО", "ИОКИ", "agencia espacial india"],
    "csa": ["Canadian Space Agency", "CSA", "ККА", "Agence spatiale canadienne"],
    "asi": ["Italian Space Agency", "ASI", "ИКА", "Agenzia Spaziale Italiana"],
    "cnes": ["Centre national d'études spatiales", "Centre national d’études spatiales", "CNES", "КНЕС"],
    "dlr": ["German Aerospace Center", "DLR", "ДЛР", "Deutsches Zentrum für Luft- und Raumfahrt"],
    "uksa": ["UK Space Agency", "UKSA", "Agência Espacial do Reino Unido"],
    "mbrsc": ["Mohammed bin Rashid Space Centre", "MBRSC", "Emirati space centre"],
    "aeb": ["Brazilian Space Agency", "AEB", "Agência Espacial Brasileira"],
    "kasa": ["Korea AeroSpace Administration", "KASA", "KARI", "agência espacial sul-coreana"],
    "isa-israel": ["Israel Space Agency", "Agência Espacial de Israel"],
    "ssau": ["State Space Agency of Ukraine", "SSAU", "NKAU", "ГКАУ"],
    "gctc": [
        "Gagarin Cosmonaut Training Center",
        "GCTC",
        "ЦПК",
        "Star City",
        "Звёздный городок",
        "Cidade das Estrelas",
    ],
    "energia": ["RSC Energia", "Korolev RSC Energia", "РКК «Энергия»", "RSC Energuia"],
    "spacex": ["SpaceX", "Space Exploration Technologies", "СпейсЭкс", "Space X"],
    "boeing": ["Boeing", "Boeing Space", "Боинг"],
    "blue-origin": ["Blue Origin", "Блю Ориджин"],
    "virgin-galactic": ["Virgin Galactic", "Вёрджин Галактик"],
    "axiom-space": ["Axiom Space", "Axiom", "Аксиом Спейс"],
    "northrop-grumman": ["Northrop Grumman", "Orbital ATK", "Нортроп Грумман"],
    "ula": ["United Launch Alliance", "ULA"],
    "arianespace": ["Arianespace", "Арианспейс"],
    "rocket-lab": ["Rocket Lab"],
    "space-adventures": ["Space Adventures", "Спейс Эдвенчерс"],
    "channel-one-russia": [
        "Channel One Russia",
        "Pervy Kanal",
        "Perviy Kanal",
        "First Channel",
        "Первый канал",
        "Canal 1 (Rússia)",
    ],
}


STARTED = started()


def mentions(text: str, title: str | None = None) -> list[AgencyMention]:
    return asyncio.run(STARTED.annotate(Document(id="a", text=text, title=title)))


def ids(text: str) -> list[str | None]:
    return [mention.id for mention in mentions(text)]


@pytest.mark.parametrize(("agency", "name"), [(i, n) for i, names in VOCABULARY.items() for n in names])
def test_each_name_of_the_vocabulary_is_found_as_written(agencies: Agencies, agency: str, name: str) -> None:
    text = f"The cosmonaut from Russia spoke on television about space travel: {name} was there."
    found = asyncio.run(agencies.annotate(Document(id="a", text=text)))
    assert [(m.id, m.name) for m in found] == [(agency, name)]


def test_the_register_has_the_agencies_of_the_vocabulary_and_no_others() -> None:
    assert set(load().agencies) == set(VOCABULARY)


@pytest.mark.parametrize(
    "text",
    [
        "Esa misión espacial fue larga; y así, esa nave volvió.",
        "ESA MISIÓN ESPACIAL LLEGA A LA ESTACIÓN",
        "Asi fue la nave espacial.",
        "A rocket lab in Ohio closed after the astronaut left.",
        "An axiom of orbital mechanics.",
        "Her Space Adventures are told in a book about astronauts.",
        "Five Space Adventures For Young Readers",
        "The first channel of the radio in the Russian spacecraft failed.",
        "The Energia rocket carried the Buran spacecraft.",
        "The Soviet Union fell apart in 1991.",
        "He emigrated from the USSR with his wife.",
        "The casino in Star City reopened.",
        "The ESA changed how benefits are paid.",
        "CSA troops retreated.",
        "He learned the ISA of the rocket's computer.",
        "ArianeGroup makes the rocket.",
        "See https://www.nasa.gov/NASA or www.esa.int/ESA about the rocket.",
        "Write to press@SpaceX.com or look at spacex.com.",
        "NASAsocial and my_NASA are accounts.",
        "The Endangered Species Act (ESA) protects a bird near the rocket pad. The ESA is old.",
        "ESA (Employment and Support Allowance) pays the retired astronaut.",
        "Первый канал связи со спутником отказал.",
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert mentions(text) == []


@pytest.mark.parametrize(
    ("text", "name", "agency"),
    [
        ("The Brazilian Space Agency spoke.", "Brazilian Space Agency", "aeb"),
        ("The European  Space\nAgency spoke.", "European  Space\nAgency", "esa"),
        ("A age\u0302ncia espacial russa falou.", "age\u0302ncia espacial russa", "roscosmos"),
        ("L’Agence spatiale europe\u0301enne a parlé.", "Agence spatiale europe\u0301enne", "esa"),
        ("BLUE ORIGIN SPOKE.", "BLUE ORIGIN", "blue-origin"),
        ("NASA's plan.", "NASA", "nasa"),
        ("A non-NASA crew.", "NASA", "nasa"),
        ("NASA.", "NASA", "nasa"),
        ("#NASA", "NASA", "nasa"),
    ],
)
def test_a_name_is_found_whole_and_once(text: str, name: str, agency: str) -> None:
    found = mentions(text)
    assert [(mention.name, mention.id) for mention in found] == [(name, agency)]


@pytest.mark.parametrize(
    ("text", "names", "agency", "role"),
    [
        ("The Russian space agency Roscosmos said so.", ["Russian space agency", "Roscosmos"], "roscosmos", "source"),
        ("The European Space Agency (ESA) said so.", ["European Space Agency", "ESA"], "esa", "source"),
        (
            "The European Space Agency\n(ESA) wants to land a probe.",
            ["European Space Agency", "ESA"],
            "esa",
            "operator",
        ),
        ("It was built by the U.S. space agency NASA.", ["U.S. space agency", "NASA"], "nasa", "manufacturer"),
    ],
)
def test_a_name_and_its_acronym_are_two_mentions_with_one_role(
    text: str, names: list[str], agency: str, role: str
) -> None:
    assert [(m.name, m.id, m.role) for m in mentions(text)] == [(name, agency, role) for name in names]


@pytest.mark.parametrize(
    "text",
    [
        "The astronaut stars in the film “NASA, the Untold Story”.",
        'She read the book "ISA and the Lost ASI" in orbit over Israel and Italy.',
        "A film “CSA” sobre astronautas do Canadá.",
        "Фильм «НАСА» показали космонавтам.",
        "The capsule of Axiom Mission 4 is in orbit.",
        "The spacecraft of Axiom-4 is in orbit.",
    ],
)
def test_a_name_in_the_title_of_a_work_or_of_a_mission_is_none(text: str) -> None:
    assert mentions(text) == []


def test_a_quotation_that_is_no_title_names_agencies() -> None:
    assert ids("“NASA is glad about the orbit,” he said. The film about ESA was shot in space.") == ["nasa", "esa"]


def test_a_blank_line_ends_a_name() -> None:
    assert ids("The European Space\n\nAgency heads met.") == []


def test_the_letters_isa_are_israels_only_where_israel_is_told_of() -> None:
    assert ids("The ISA trains engineers in Tel Aviv for Israel's lander.") == ["isa-israel"]
    assert ids("The ISA of Tehran launched a satellite.") == []


def test_a_full_name_in_the_text_tells_what_a_short_one_means() -> None:
    assert ids("The German Aerospace Center has a new head. The DLR was pleased.") == ["dlr", "dlr"]
    assert ids("RSC Energia has a new head. The Energia was pleased.") == ["energia"]


def test_the_title_is_read_too() -> None:
    (mention,) = mentions("Nothing here.", title="JAXA probe wakes up")
    assert (mention.field, mention.start, mention.end, mention.role) == ("title", 0, 4, "operator")


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                "NASA",
                "ESA",
                " ",
                "\n",
                "(",
                ")",
                "Soviet Union",
                ".",
                "e\u0301",
                "’s",
                "and",
                "said",
                "launched",
                "Первый канал",
                "\u00ad",
                "İ",
                "ß",
            ]
        )
    ).map("".join)
)
def test_any_text_gives_mentions_in_order_that_cover_what_they_say(text: str) -> None:
    end = 0
    for mention in asyncio.run(STARTED.annotate(Document(id="a", text=text))):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.name
        end = mention.end


PARAGRAPH = """
The lander was built by Boeing, officials said. According to images broadcast by the Indian space agency ISRO, the craft
came down at dawn, and its crew was met by teams of the Mohammed bin Rashid Space Centre near the rocket base. It had
left the orbit of the Moon two days before, in a flight that nobody had tried until then, and was tired.
"""


@pytest.mark.parametrize(
    ("piece", "agencies_each"),
    [
        (PARAGRAPH, ["boeing", "isro", "isro", "mbrsc"]),
        ("ESA in space. ", ["esa"]),
        ("Soviet Union in space. ", ["soviet-space-program"]),
        ("@NASA", []),
        ("....", []),
        ("a", []),
        ("'s ", []),
        ("\n", []),
    ],
)
async def test_a_long_text_is_read_to_its_end(agencies: Agencies, piece: str, agencies_each: list[str]) -> None:
    times = 20_000 // len(piece)
    found = list(await agencies.annotate(Document(id="a", text=piece * times)) or ())
    assert [mention.id for mention in found] == agencies_each * times


@pytest.mark.parametrize(
    ("written", "agency"),
    [
        ("Russian spatial agency", "roscosmos"),
        ("Indian Spatial Research Organisation", "isro"),
        ("European Spatial Agency", "esa"),
        ("US spatial agency", "nasa"),
    ],
)
async def test_an_agency_is_known_by_its_translated_adjective(agencies: Agencies, written: str, agency: str) -> None:
    text = f"A rocket was launched, announced the {written}."
    found = list(await agencies.annotate(Document(id="a", text=text)) or ())
    assert [(text[m.start : m.end], m.id) for m in found] == [(written, agency)]


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("The probe reached the asteroid with a landing device of DLR.", "dlr"),
        ("The comet was visited by a landing module; DLR had built its drill.", "dlr"),
        ("The Soviet Union goes on with its international flights.", "soviet-space-program"),
        ("Nobody doubted that the Soviet Union led the race to the Moon.", "soviet-space-program"),
    ],
)
def test_other_words_of_spaceflight_are_contexts_too(agencies: Agencies, text: str, agency: str) -> None:
    assert [mention.id for mention in _annotated(agencies, text)] == [agency]


@pytest.mark.parametrize(
    "text",
    [
        "The DLR to Greenwich was late, and so was the bus.",
        "The Soviet Union signed the treaty on wheat. Its rivals did not.",
        "He was born in the Soviet Union. Years later, he saw a rocket.",
    ],
)
def test_without_such_a_word_it_is_something_else(agencies: Agencies, text: str) -> None:
    assert _annotated(agencies, text) == []


def _annotated(agencies: Agencies, text: str) -> list[AgencyMention]:
    return list(asyncio.run(agencies.annotate(Document(id="a", text=text))) or ())
