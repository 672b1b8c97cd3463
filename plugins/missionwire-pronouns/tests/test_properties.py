"""Whatever the text: no exception, and spans that hold what they say."""

from hypothesis import given
from hypothesis import strategies as st

from missionwire.plugin import Correction
from missionwire_pronouns.lexicon import load_lexicon
from missionwire_pronouns.repairer import Thresholds, repair
from missionwire_pronouns.roster import RosterPerson, match_roster
from missionwire_pronouns.scene import set_scene
from missionwire_pronouns.sieves import SIEVES, SIEVES_OF
from missionwire_pronouns.threads import THREADS, THREADS_OF
from missionwire_pronouns.trace import Trace

LEXICON = load_lexicon()
PEOPLE = (
    RosterPerson("Ingrid Moe", "f"),
    RosterPerson("Pavol Kral", "m"),
    RosterPerson("Diego Serrano", "m"),
    RosterPerson("Robin Yates", "x"),
)
NAMES = ["Moe", "Kral", "Serrano", "Yates", "Lebed"]
PRONOUNS = ["He", "he", "She", "she", "him", "her", "his", "hers", "himself", "herself", "they", "it", "I"]
MARKS = ["“", "”", '"', "'", "’s", "'s", ",", ".", "?", "—", "(", ")", "\n\n", "🚀", "e\u0301", 'A 5"']
NOUNS = [
    "the",
    "a",
    "doctor",
    "actress",
    "commander",
    "hand",
    "ship",
    "country",
    "own",
    "old",
    "maps",
    "first",
    "woman",
]
OTHERS = [
    "said",
    "told",
    "thanked",
    "gave",
    "was",
    "and",
    "that",
    "who",
    "before",
    "in",
    "to",
    "Dr.",
    "nobody",
    "one",
    "of",
]
WORDS = [*NAMES, *PRONOUNS, *MARKS, *NOUNS, *OTHERS]


def run(text: str) -> list[Correction]:
    return repair(set_scene(text, LEXICON, match_roster(text, PEOPLE, LEXICON)), Thresholds())


def check(text: str) -> None:
    corrections = run(text)
    for correction in corrections:
        assert text[correction.start : correction.end] == correction.original
        assert correction.replacement != correction.original
        assert 0.6 <= correction.confidence <= 1
        assert correction.applied == (correction.confidence >= 0.95)
        assert correction.evidence
        assert all(0 <= span.start < span.end <= len(text) for span in correction.evidence)
    starts = [correction.start for correction in corrections]
    assert starts == sorted(set(starts))


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_texts_of_known_words_are_read(words: list[str]) -> None:
    check(" ".join(words))


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    check(text)


@given(st.text(max_size=80), st.lists(st.text(max_size=12), max_size=4))
def test_any_list_of_people_is_matched(text: str, names: list[str]) -> None:
    people = [RosterPerson(name, "f") for name in names]
    for person in match_roster(text, people, LEXICON):
        assert 0 <= person.start < person.end <= len(text)


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_a_repaired_text_is_not_repaired_the_other_way(words: list[str]) -> None:
    text = " ".join(words)
    edits = [c for c in run(text) if c.applied]
    repaired = text
    for edit in reversed(edits):
        repaired = repaired[: edit.start] + edit.replacement + repaired[edit.end :]
    shift, places = 0, set()
    for edit in edits:
        places.add(edit.start + shift)
        shift += len(edit.replacement) - len(edit.original)
    assert not places & {c.start for c in run(repaired) if c.applied}


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_a_rule_that_is_not_asked_of_a_case_would_not_hold_for_it(words: list[str]) -> None:
    text = " ".join(words)
    scene = set_scene(text, LEXICON, match_roster(text, PEOPLE, LEXICON))
    trace = Trace(scene)
    for pronoun in scene.pronouns:
        trace.advance(pronoun)
        for rule, cases in [*SIEVES_OF.items(), *THREADS_OF.items()]:
            assert rule in {*SIEVES, *THREADS}
            assert pronoun.case in cases or rule(trace, pronoun) is None
        trace.settle(pronoun)


SUBJECTS = [
    *("Moe", "Kral", "Serrano", "Yates", "Lebed", "The doctor", "He", "She", "Her sister", "His colleague", "Nobody"),
    *("Her two sons", "The commander"),
]
DEEDS = [
    *("slept", "said that she was tired", "said that he was tired", "thanked him", "thanked her", "gave her a map"),
    *(
        "brushed his teeth",
        "held her breath",
        "was the first woman on board",
        "met Moe",
        "met Kral",
        "called his mother",
    ),
    *("taught himself to fly", "praised the ship", "asked Moe for her pen", "asked Kral for his pen"),
]
LEADS = [
    *("", "In May ", "Before he left, ", "When she was young, ", "For Moe it was the end of his career. "),
    *("“It is late,” he said. ", "“It is late,” she said. ", "Moe laughed. “Yes,” he said. "),
]
ENDS = [".", ", and he smiled.", ", and she smiled.", ".\n\n", ", who helped her.", " before she left."]
SENTENCES = st.builds(
    "{}{} {}{}".format,
    st.sampled_from(LEADS),
    st.sampled_from(SUBJECTS),
    st.sampled_from(DEEDS),
    st.sampled_from(ENDS),
)


@given(st.lists(SENTENCES, min_size=1, max_size=5))
def test_a_repaired_text_is_left_alone(sentences: list[str]) -> None:
    text = " ".join(sentences)
    for edit in reversed([c for c in run(text) if c.applied]):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    assert [c for c in run(text) if c.applied] == []


def test_a_long_text_is_read() -> None:
    paragraph = (
        "Moe and a doctor met Kral, who thanked her. “It is late,” he said. She told Lebed's friend that he left.\n\n"
    )
    check(paragraph * 200)


def test_in_a_sentence_without_an_end_nothing_is_proved() -> None:
    check(text := "Moe slept. " + "his crew " * 2_000)
    assert all(correction.start < len(text) / 10 for correction in run(text))
