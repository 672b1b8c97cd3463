from missionwire_terms.letters import in_small_letters, led_by

PLANS = led_by(("will would", r"\b"), ("plan plans", r"\s+to\b"), ("plan", r"\s+for\b"))


def test_words_are_found_at_the_place_that_they_have_in_the_text_without_the_blank_before_it() -> None:
    text = "They plan for rain; it will come."
    assert [match.start() for match in PLANS.finditer(f" {text}")] == [text.index("plan"), text.index("will")]


def test_words_are_no_parts_of_longer_ones() -> None:
    assert not PLANS.search(" a goodwill visit, a willing crew, and plans for rain")


def test_each_letter_keeps_its_place_in_small_letters() -> None:
    for text in ("ISS – “Mir”", "İstanbul ÉTÉ", "ЮЛИЯ", "\ud800A"):
        small = in_small_letters(text)
        assert len(small) == len(text)
        assert small == text.replace("İ", "i").lower()
