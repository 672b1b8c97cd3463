"""How patterns are taken apart."""

import pytest

from missionwire_articles.syntax import phrases


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("landed", ["landed"]),
        ("landed|(?:came|went) down", ["landed", "(?:came|went) down"]),
        ("(?:(?:landed|(?:set down))|docked(?: at| to)?)", ["landed", "set down", "docked(?: at| to)?"]),
        ("(?:landed|docked)?", ["(?:landed|docked)?"]),
        (r"land[|)]|\||x", ["land[|)]", r"\|", "x"]),
        ("", [""]),
    ],
)
def test_alternatives_are_given_in_order_those_of_groups_that_are_all_of_one_among_them(
    pattern: str, expected: list[str]
) -> None:
    assert list(phrases(pattern)) == expected
