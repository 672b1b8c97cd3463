"""Each rule does what its examples say; lists of names share a role only where the sentence says so."""

import pytest

from missionwire_agencies.reader import Reader
from missionwire_agencies.register import load
from missionwire_agencies.roles import STRONGEST_FIRST, Verdict, load_rules


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load())


def examples(kind: str) -> list[tuple[str, str]]:
    return [(rule.name, example) for rule in load_rules().rule for example in getattr(rule, kind)]


def verdict_on(reader: Reader, example: str) -> Verdict:
    """Judge the name in brackets."""
    start, end = example.index("["), example.index("]") - 1
    text = example.replace("[", "").replace("]", "")
    (named,) = [n for n in reader.read(text, given="event") if n.found.start <= start and end <= n.found.end]
    return named.verdict


@pytest.mark.parametrize(("rule", "example"), examples("holds"))
def test_a_rule_gives_its_role_in_its_examples(reader: Reader, rule: str, example: str) -> None:
    assert verdict_on(reader, example).rule == rule


@pytest.mark.parametrize(("rule", "example"), examples("fails"))
def test_a_rule_gives_no_role_in_its_counterexamples(reader: Reader, rule: str, example: str) -> None:
    assert verdict_on(reader, example).rule != rule


def test_every_rule_has_examples_of_both_kinds_and_a_name_of_its_own() -> None:
    rules = load_rules().rule
    assert all(rule.holds and rule.fails for rule in rules)
    assert len({rule.name for rule in rules}) == len(rules)


def test_every_role_of_the_vocabulary_has_a_rule() -> None:
    assert {rule.role for rule in load_rules().rule} == set(STRONGEST_FIRST)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("NASA and ESA said the orbit was raised.", ["source", "source"]),
        ("NASA, ESA and JAXA astronauts entered the station.", ["operator", "operator", "operator"]),
        ("It flies in collaboration with NASA and Maria Silva's SpaceX company.", ["partner", "partner"]),
        ("The telescope was built together with ESA, CSA and JAXA.", ["partner", "partner", "partner"]),
        ("In partnership with NASA, SpaceX is ready.", ["partner", "mentioned"]),
        ("According to NASA, SpaceX and Boeing are ready.", ["source", "mentioned", "mentioned"]),
        ("He spoke to NASA and ESA said nothing.", ["mentioned", "source"]),
        ("The capsule was launched by SpaceX for NASA.", ["launcher", "customer"]),
        ("The orbit of NASA. ESA said it was fine.", ["mentioned", "source"]),
        ("NASA awarded Boeing a contract.", ["customer", "mentioned"]),
    ],
)
def test_names_in_a_list_share_a_role_and_others_do_not(reader: Reader, text: str, roles: list[str]) -> None:
    assert [named.verdict.role for named in reader.read(text, given="event")] == roles


@pytest.mark.parametrize(
    "text",
    [
        "The capsule was not built by Boeing.",
        "The capsule wasn't built by Boeing.",
        "The capsule has not yet been built by Boeing.",
        "La cápsula no fue construida por Boeing.",
        "Boeing did not say when.",
        "The film about the capsule was made by Boeing.",
        "The launch was a headache for Boeing.",
        "The head of Boeing met the crew.",
    ],
)
def test_no_role_is_given_where_the_sentence_takes_it_back(reader: Reader, text: str) -> None:
    assert [named.verdict.role for named in reader.read(text)] == ["mentioned"]


def test_an_initial_or_a_shortened_title_does_not_end_the_sentence(reader: Reader) -> None:
    (named,) = reader.read("According to J. Poe of the U.S. team and Dr. Rao, images broadcast by JAXA show it.")
    assert named.verdict.role == "source"
