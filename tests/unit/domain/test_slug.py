import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire.domain.slug import mission_slug, slug

FORM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@given(st.text(max_size=200))
def test_a_slug_has_the_form_or_is_empty_and_is_its_own_slug(text: str) -> None:
    for fold in (slug, mission_slug):
        made = fold(text)
        assert made == "" or FORM.fullmatch(made)
        assert fold(made) == made


NAMES = "Soyuz Союз Soiuz MS TMA Apollo XIV iv Axiom Mission Ax SpaceX NASA's Crew STS Shen Zhou Shenzhu NG CRS I 18"


@given(st.lists(st.sampled_from(NAMES.split()), min_size=1, max_size=5), st.sampled_from([" ", "-", "", ", "]))
def test_a_designations_slug_is_its_own_slug(words: list[str], between: str) -> None:
    made = mission_slug(between.join(words))

    assert mission_slug(made) == made


@given(st.text(max_size=100))
def test_case_and_what_stands_around_do_not_matter(text: str) -> None:
    assert slug(f"  {text}! ") == slug(text)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Soyuz MS-18", "soyuz-ms-18"),
        ("Союз МС-18", "soyuz-ms-18"),
        ("soyuz ms 18", "soyuz-ms-18"),
        ("Soyouz MS-18", "soyuz-ms-18"),
        ("Sojus MS18", "soyuz-ms-18"),
        ("Soyuz TMA-06M", "soyuz-tma-06m"),
        ("Artemis I", "artemis-1"),
        ("Artemis II", "artemis-2"),
        ("Apollo XI", "apollo-11"),
        ("Skylab IV", "skylab-4"),
        ("SpaceX Crew-1", "crew-1"),
        ("Axiom Mission 1", "axiom-1"),
        ("Axiom Mission XIV", "axiom-14"),
        ("Ax-1", "axiom-1"),
        ("Expedition 65", "expedition-65"),
        ("STS-135", "sts-135"),
        ("STS135", "sts-135"),
        ("Boeing OFT-2", "boeing-oft-2"),
        ("Voyager I", "voyager-i"),
    ],
)
def test_a_designation_has_one_slug_whatever_its_spelling(text: str, made: str) -> None:
    assert mission_slug(text) == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Юлия Пересильд", "yuliya-peresild"),
        ("O'Brien", "obrien"),
        ("São Paulo", "sao-paulo"),
        ("  ", ""),
        ("!?", ""),
        ("北京", "beijing"),
    ],
)
def test_any_script_is_folded(text: str, made: str) -> None:
    assert slug(text) == made
