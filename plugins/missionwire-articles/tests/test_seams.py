"""Where sentences may be cut, whatever their verbs are."""

from itertools import pairwise

from missionwire_articles.clauses import cuts
from missionwire_articles.seams import Seams


def parts(text: str) -> list[str]:
    bounds = [0, *cuts(Seams(text), 0, len(text)).places, len(text)]
    return [text[begin:end].strip() for begin, end in pairwise(bounds)]


def test_a_clause_begins_before_its_word_and_behind_its_sign() -> None:
    text = "it docked at noon, while they slept; nobody spoke — it was over when the hatch opened"
    assert parts(text) == [
        "it docked at noon,",
        "while they slept;",
        "nobody spoke —",
        "it was over",
        "when the hatch opened",
    ]


def test_a_word_inside_another_is_no_seam() -> None:
    assert list(Seams("the island has a landing place of its own").within(0, 100)) == []


def test_and_joins_two_clauses_only_where_a_subject_follows() -> None:
    small = "it docked and landed, and the crew left; he and the others stayed"
    joints = Seams(small).joints
    assert joints == [small.index("and the crew")]
    assert Seams(small).last_joint(0, len(small)) == (small.index(", and the"), small.index("the crew"))
