"""One person, one key: VOCABULARY section 4."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missionwire_crew.declension import decline
from missionwire_crew.fold import fold

SPELLINGS = [
    "Novitski Novitsky Novitskiy Novitskij Novitzki Nowitzkij Новицкий",
    "Dmitri Dmitry Dmitriy Dmitrij Дмитрий",
    "Yulia Julia Iulia Ioulia Julija Юлия",
    "Shkaplerov Chkaplerov Schkaplerow Škaplerov Шкаплеров",
    "Khrunov Hrunov Xrunov Khrounov Хрунов",
    "Tsibliyev Tzibliyev Cibliyev Цыблиев",
    "Yuri Yury Juri Iouri Youri Юрий",
    "Tatyana Tatiana Tatjana Татьяна",
    "Zholobov Žolobov Jolobov Жолобов",
    "Dzhanibekov Djanibekov Dschanibekow Джанибеков",
    "Krikalev Krikalyov Krikalëv Крикалёв",
    "Aleksandr Alexander Alexandre Александр",
    "Tereshkova Terechkova Tereschkowa Терешкова",
    "Artemyev Artemiev Artemjew Артемьев",
    "Jähn Jaehn JÄHN",
]


@pytest.mark.parametrize("spellings", SPELLINGS)
def test_the_spellings_of_a_name_have_one_key(spellings: str) -> None:
    assert len({fold(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Novitskiy", "Novikov"), ("Volkov", "Volynov"), ("Titov", "Titova"), ("Kelly", "Kerr"), ("Wang", "Yang")],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=40))
def test_any_text_folds_to_lower_case_letters_and_digits(text: str) -> None:
    key = fold(text)
    assert key == "" or (key.isascii() and key.isalnum() and key == key.lower())


def test_russian_names_are_declined() -> None:
    assert decline("Андрей Федяев", is_female=False)[3] == "Андреем Федяевым"
    assert decline("Павел Беляев", is_female=False)[3] == "Павлом Беляевым"
    assert decline("Анна Кикина", is_female=True)[0] == "Анны Кикиной"
    assert decline("Марина Василевская", is_female=True)[2] == "Марину Василевскую"


def test_a_name_without_cases_is_left_alone() -> None:
    assert decline("Юсаку Маэдзава", is_female=False) == []
