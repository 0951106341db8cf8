"""Proposals of categories: from shared words alone, with their reason, the same each time."""

from records.summaries.proposals import MOST_TASKS, Group, grouped, stems

TESTING, DESIGN, SHIPPING = 1, 2, 3
FILED = [
    *[
        (TESTING, f"Test suite of the {name}: coverage up, flaky cases mended")
        for name in ("wiki", "shop", "map")
    ],
    *[(DESIGN, f"Colours and icons of the {name}, drawn anew") for name in ("wiki", "shop", "map")],
    *[(SHIPPING, f"Deployed the {name} to staging with a health check") for name in ("wiki", "shop", "map")],
]


def proposed(*texts: str) -> list[Group]:
    return grouped(FILED, list(enumerate(texts, start=100)))


def test_words_are_one_whatever_their_ending_and_stop_words_are_none():
    assert set(stems("Tests, testing and the tested test")) == {"test"}
    assert set(stems("caches cached caching cache")) == {"cach"}
    assert set(stems("Logging, log: logs")) == {"log"}
    assert set(stems("queries query")) == {"query"}
    assert set(stems("string strings class classes status")) == {"string", "clas", "status"}
    assert stems("of the 27 a") == {}


def test_a_task_gets_the_category_whose_words_it_shares_and_the_words_as_written_in_it():
    (group,) = proposed("Testing the parser: more coverage")
    assert (group.category, group.tasks) == (TESTING, (100,))
    assert set(group.words) == {"coverage", "testing"}


def test_tasks_that_share_a_word_stand_together_largest_group_first():
    groups = proposed("Icons of the bakery", "Deployed the bakery", "Coverage of the bakery", "Icons, twice")
    assert [(group.category, group.tasks) for group in groups] == [
        (DESIGN, (100, 103)),
        (TESTING, (102,)),
        (SHIPPING, (101,)),
    ]


def test_what_shares_nothing_or_as_much_with_two_stands_last_without_a_proposal():
    groups = proposed("Zebra crossing", "Coverage of icons", "", "Flaky test")
    assert [(group.category, group.words, group.tasks) for group in groups[1:]] == [
        (None, (), (100, 101, 102))
    ]
    assert groups[0].category == TESTING


def test_words_that_every_category_has_prove_nothing():
    assert [group.category for group in proposed("The wiki", "The shop and the map")] == [None]


def test_without_anything_filed_there_is_no_proposal():
    assert grouped([], [(1, "Tests"), (2, "Icons")]) == [Group(None, (), (1, 2))]
    assert grouped(FILED, []) == []


def test_no_group_is_larger_than_one_look_takes_in():
    groups = grouped(FILED, [(number, "Flaky test") for number in range(100)])
    assert sum(len(group.tasks) for group in groups) == 100
    assert max(len(group.tasks) for group in groups) <= MOST_TASKS


def test_every_task_is_in_exactly_one_group_and_the_order_of_what_is_filed_does_not_matter():
    texts = [text for _, text in FILED] + ["Zebra", "Icon tests", "Health of the flaky wiki"]
    tasks = list(enumerate(texts))
    groups = grouped(FILED, tasks)
    assert sorted(key for group in groups for key in group.tasks) == list(range(len(texts)))
    assert grouped(FILED[::-1], tasks) == groups
