"""The days of the corpus: texts of our own with everything that makes a log hard to read, and their figures.

A row is text, hours, agent minutes, supervisory minutes and tokens as printed, the last two blank when
unknown.
"""

from dataclasses import dataclass, field
from decimal import Decimal

Row = tuple[str, str, str, str, str]

TABLE, LIST, LINES = "table", "list", "lines"
CLASSIC = ("#", "Task", "Human Est.", "Claude", "Sup.", "Factor", "Sup. Factor")


@dataclass(frozen=True)
class CorpusDay:
    """One day, and how its page is set; ``totals`` are labels with the shape of their values."""

    date: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    lede: tuple[str, ...]
    analysis: tuple[str, ...]
    totals: tuple[tuple[str, str], ...]
    hours: str = "{}h"
    minutes: str = "{}m"
    sign: str = "x"
    places: str = "cut"  # decimals of factors: 0, 1, 2, or 2 with zeros cut down to one
    tags: tuple[str, ...] = ("AI", "Time Record")
    log_heading: str = "Task Log"
    totals_heading: str = "Aggregate Statistics"
    totals_as: str = TABLE
    totals_first: bool = False
    between: str = "  "  # what stands between label and value of a copied total
    blanks: str = " "
    site: str = "semantic"  # how the HTML page is built: semantic, soup, bare
    front: str = "yaml"  # what stands above the Markdown: yaml, list, toml, none
    numbers: tuple[int, ...] = ()
    wrong: dict[tuple[int, str], str] = field(
        default_factory=dict
    )  # (row, header) -> what is printed instead
    wrong_totals: dict[str, str] = field(default_factory=dict)

    @property
    def shown_tags(self) -> str:
        """The tags as a copy runs them together."""
        return "".join(self.tags)

    def number(self, place: int) -> int:
        """The printed number of a row, from its place from 0."""
        return self.numbers[place] if self.numbers else place + 1

    def sum(self, column: int) -> Decimal:
        """The sum of a column of figures: 1 hours, 2 agent minutes, 3 supervisory minutes."""
        return sum((Decimal(row[column].replace(",", "")) for row in self.rows if row[column]), Decimal(0))


SEED_TOTALS = (
    ("Total tasks", "tasks"),
    ("Total human-equivalent hours", "hours"),
    ("Total Claude minutes", "minutes"),
    ("Total supervisory minutes", "supervision"),
    ("Weighted average leverage factor", "factor"),
    ("Weighted average supervisory leverage factor", "slf"),
)
WORK_WEEKS = (
    ("Tasks completed", "tasks"),
    ("Human equivalent", "hours (weeks)"),
    ("Claude wall-clock", "minutes (hours)"),
    ("Supervisory time", "supervision m"),
    ("Weighted avg leverage factor", "factor"),
    ("Weighted avg supervisory factor", "slf"),
)
WORKING_DAYS = (
    ("Total tasks", "tasks"),
    ("Human-equivalent hours", "h (days)"),
    ("Claude wall-clock time", "m (h)"),
    ("Human-equivalent weeks", "weeks"),
    ("Weighted average leverage factor", "factor"),
)

DAYS = (
    CorpusDay(
        date="2026-01-05",
        title="Leverage Record: January 5, 2026",
        headers=CLASSIC,
        rows=(
            ("Grade sheets for the reading course, checked against 2048", "16", "8", "5", ""),
            ("Move the importer to schema v1.5", "24", "12", "3", ""),
            (
                "Weather station: sensor drivers, dashboard & radio (27 files, 2,481 LOC).",
                "160",
                "20",
                "2",
                "",
            ),
            ("Raise coverage of the ledger 61->69", "16", "7", "2", ""),
            ("7 exporters for the herbarium, one a format", "40", "35", "5", ""),
            ("Wire the catalogue into search + pricing", "0.5", "2", "2", ""),
            ("Reserve moorings up to bay 800", "40", "35", "5", ""),
            ("Survey of “slow” queries… and what became of them", "0.75", "4", "2", ""),
        ),
        lede=(
            "Eight tasks on a Monday. The weather station took 20 minutes and 2,481 lines; the 24 hours of "
            "the importer came down to 12 minutes at 120.0x.",
            "A second paragraph says that 16h8m5m120.0x192.0x is a row in a log, and here it is none.",
        ),
        analysis=(
            "The weather station stands out at 480.0x: 160 hours in 20 minutes. It was planned before.",
            "Small tasks (0.5h, 0.75h) stay small: 2 minutes are the least anybody needs.",
        ),
        totals=(*SEED_TOTALS[:4], ("Total tokens", "tokens 3,417,000"), *SEED_TOTALS[4:]),
    ),
    CorpusDay(
        date="2026-01-19",
        title="Leverage Record: January 19, 2026",
        headers=("TASK", "HUMAN EST.", "CLAUDE TIME", "LEVERAGE"),
        rows=(
            ("Rewrite the tide tables for 12 harbours", "120", "40", "", ""),
            ("Port the kiln controller to Python 3.13", "80", "32", "", ""),
            ("Fix rounding at half past 6", "1.5", "5", "", ""),
            ("Proofs of the almanac, chapters 1-9", "6", "9", "", ""),
            ("Bell ringing: methods 1 to 64", "12", "15", "", ""),
        ),
        lede=("Five tasks, all of them with water in them. Nobody got wet, 3 boats were renamed.",),
        analysis=("Tide tables are sums of cosines; a human needs 120 hours because of the typing alone.",),
        totals=WORKING_DAYS,
        hours="{} hours",
        minutes="{} min",
        places="0",
        log_heading="The Numbers",
        totals_heading="Aggregate",
        totals_as=LIST,
        between=": ",
        site="soup",
        front="list",
    ),
    CorpusDay(
        date="2026-02-02",
        title="Leverage Record: February 02",
        headers=("#", "Task", "Human Est.", "Claude", "Supv.", "LF", "SLF"),
        rows=(
            ("12 label printers moved to the new queue", "8", "10", "4", ""),
            ("2 orchards mapped from the air, 1,200 trees each", "65.0", "25", "6", ""),
            ("3x3 grid for the seed vault, rows A to H", "20", "15", "3", ""),
            ("4 of 5 pumps: find out why the fifth hums in 5/4", "10", "8.6", "3", ""),
            ("50 % less noise in the apiary's log", "4", "6", "2", ""),
            ("Release notes for 2.0.1", "1.5", "5", "1", ""),
        ),
        lede=(
            "Six tasks that begin with digits, or nearly all. The 65 hours of the orchards were the most.",
        ),
        analysis=(
            "Counting trees is what machines are for. 1,200 trees in each orchard, 2 orchards, 25 minutes.",
            "- printers: 48.0x\n- orchards: 156.0x\n- pumps: all five again",
        ),
        totals=WORK_WEEKS,
        places="1",
        totals_heading="Aggregate Stats",
        totals_as=LINES,
        between="",
        tags=("Time Record", "AI"),
        blanks="  ",
        front="toml",
    ),
    CorpusDay(
        date="2026-02-16",
        title="Leverage Record: February 16, 2026",
        headers=("Task", "Human Est.", "Claude", "Sup.", "LF", "SLF", "Tokens"),
        rows=(
            ("Draw the loom's punch cards from the pattern book", "480", "90", "5", "1.2M"),
            ("Bring the museum's labels into 3 languages", "40", "20", "", "850k"),
            ("Renumber the shelves from 7", "6", "8", "5", "~595,000"),
            ("Ask the bakery's scale what it weighs…", "3", "4", "3", ""),
            ("Index of 4,096 tiles, 16 a sheet, sheet 256", "80", "35", "5", "410k"),
        ),
        lede=("Punch cards are the oldest program in the house: 480 hours by hand, 90 minutes by machine.",),
        analysis=(
            "Without supervision the labels ran alone for 20 minutes. Tokens: 1.2M for the cards alone.",
        ),
        totals=(
            *SEED_TOTALS[:4],
            ("Tokens consumed", "tokens ~3,055,000"),
            ("Weighted avg. leverage factor", "factor"),
            ("Weighted avg. supervisory leverage factor", "slf"),
        ),
        totals_as=TABLE,
        between="\t",
        site="bare",
        front="none",
    ),
    CorpusDay(
        date="2026-03-02",
        title="Leverage Record: March 2, 2026",
        headers=("#", "Task", "Human Est.", "Weeks", "Claude", "Leverage", "Sup. Factor"),
        rows=(
            ("Archive of the choir: 300 scores named, dated and filed", "44", "22", "4", ""),
            ("Metronome app v0.9", "24", "16", "3", ""),
            ("Organ pipes: table of lengths for 8, 4 and 2", "3", "6", "2", ""),
            ("Programme booklet, pages 1...16", "8", "8", "5", ""),
            ("Seating plan for rows A–H, seats 1–40", "16", "12", "4", ""),
        ),
        lede=("A musical day: five tasks, 95 hours, a choir's archive and 300 scores.",),
        analysis=("Supervision was not written down, yet its factor was. It follows from the hours.",),
        totals=(
            ("Total tasks", "tasks"),
            ("Total human-equivalent hours", "hours"),
            ("Human-equivalent weeks", "weeks"),
            ("Total Claude minutes", "minutes"),
            ("Weighted average leverage factor", "factor"),
        ),
        places="1",
        between="\t",
        site="soup",
    ),
    CorpusDay(
        date="2026-03-16",
        title="Leverage Record: March 16, 2026",
        headers=("#", "Task", "Claude", "Human Est.", "Sup.", "Sup. Factor", "Factor"),
        rows=(
            ("Ferry timetable as data, valid from 1 April to 31", "18", "16", "5", ""),
            ("Lighthouse log 1890 to 1914 read from scans", "56", "40", "3", ""),
            ("Buoy 9", "3", "2", "1", ""),
            ("Chart of soundings in fathoms -> metres", "12", "20", "4", ""),
            ("“Fog signal” tests; every minute, 60", "11", "8", "2", ""),
        ),
        lede=("The columns of this log stand in another order than elsewhere, and nothing else is odd.",),
        analysis=("Scans of handwriting took 56 minutes. A patient human would need a week of 40 hours.",),
        totals=SEED_TOTALS,
        between=": ",
        sign="×",
        front="list",
    ),
    CorpusDay(
        date="2026-04-02",
        title="Leverage Record: April 02",
        headers=("#", "Task", "Human Est.", "Claude", "Sup.", "Leverage", "SLF"),
        rows=(
            ("Bridge inspection forms (12 spans, 48 bearings)", "32", "18", "4", ""),
            ("Truss solver: from 2D to 3", "60", "45", "10", ""),
            ("Load tables, 5t to 40t, axle by axle, 16", "24", "20", "5", ""),
            ("Replace the survey's export by v2.0", "2", "30", "30", ""),
            ("Drawing register & revision clouds, A–F", "12", "9", "2", ""),
            ("Photo index, 1,024 pictures; each with place and date.", "6", "7", "1", ""),
        ),
        lede=(
            "Six tasks about bridges. The truss solver went from 2D to 3D, which is one more than it had.",
        ),
        analysis=(
            "**The solver** is the task to look at: 60 hours of `numpy` in 45 minutes, see "
            "[its notes](https://example.org/truss).",
            "The register took 9 minutes, 2 of them ours.",
        ),
        totals=SEED_TOTALS,
        totals_heading="Aggregate Statistics",
        totals_as=LINES,
        between="  ",
    ),
    CorpusDay(
        date="2026-04-20",
        title="Green thumbs: April 20, 2026",
        headers=("task", "claude", "human est.", "factor"),
        rows=(
            ("Seed orders for 1,500 plots", "25", "50", "", ""),
            ("Greenhouse valves: open at 25, close at 18", "9.5", "12", "", ""),
            ("Compost, week 16", "4", "3", "", ""),
            ("Hedge plan in 3 colours; print at 1:500", "14", "21", "", ""),
            ("Bird count, form 7b", "6", "6", "", ""),
        ),
        lede=("Nothing but gardens: five tasks, 92 hours, all before the rain at 16:40.",),
        analysis=("Valves are cheap to get right and dear to get wrong.",),
        totals=(
            ("Tasks completed", "tasks"),
            ("Human equivalent", "hours (weeks)"),
            ("Claude wall-clock", "minutes (hours)"),
            ("Weighted avg leverage factor", "factor"),
        ),
        hours="{}h",
        minutes="{}min",
        places="2",
        log_heading="The Numbers",
        totals_heading="Aggregate",
        totals_as=LINES,
        between="",
        tags=("AI", "Time Record", "Gardens"),
        site="semantic",
        front="none",
    ),
    CorpusDay(
        date="2026-05-04",
        title="Leverage Record: May 4, 2026",
        headers=("#", "Task", "Human Est.", "Claude", "Sup.", "SLF"),
        rows=(
            ("Timetable for 24 classes in 18 rooms", "30", "22", "3", ""),
            ("Marks book -> spreadsheet, years 5 to 13", "9", "8", "2", ""),
            ("Library: 14 days' notice becomes 21", "2", "4", "1", ""),
            ("Exam seating, hall 2", "14", "10", "4", ""),
            ("Menu plan week 20: no nuts, no fish on day 5", "1.5", "3", "1", ""),
        ),
        lede=("A school day of five tasks. No leverage was printed, only that of supervision.",),
        analysis=("Timetables are hard for humans, since 24 classes meet 18 rooms.",),
        totals=WORK_WEEKS,
        totals_first=True,
        log_heading="Task Log",
        between=": ",
        totals_as=LIST,
        site="bare",
        front="yaml",
    ),
    CorpusDay(
        date="2026-05-18",
        title="Leverage Record: May 18, 2026",
        headers=("#", "Task", "Human Est.", "Claude", "Supv.", "Leverage", "Weeks"),
        rows=(
            ("Glaze recipes: 212 tested, 9 kept", "36", "14", "4", ""),
            ("Firing curves from 20 to 1,280", "24", "18", "6", ""),
            ("Stock list; clay by 12.5 kg, glaze by 0.5", "5", "6", "3", ""),
            ("Course booking with waiting list, max", "16", "12", "5", ""),
            ("Photograph cups from 3 sides: left, right, high", "4", "5", "1", ""),
        ),
        lede=("Pottery all day. 212 glazes were compared, 9 were kept, 1 was blue.",),
        analysis=("The curve from 20 to 1,280 degrees is a table of 40 lines; 18 minutes were enough.",),
        totals=(*WORKING_DAYS[:3], ("Total supervisory minutes", "supervision"), *WORKING_DAYS[3:]),
        totals_as=TABLE,
        between="",
        front="toml",
        site="soup",
    ),
    CorpusDay(
        date="2026-06-01",
        title="Leverage Record: June 1, 2026",
        headers=("#", "Task", "Human Est.", "Claude", "Sup.", "Factor", "Sup. Factor", "Tokens"),
        rows=(
            ("Rail yard: 61 switches, 4 leads, 1 table", "480", "22.2", "5", "2,310,000"),
            ("Coupling test rig, 1.5 times the load of v1.4", "96", "44", "8", "940,000"),
            ("Timetable diagrams on A3", "12", "11", "4", "120,500"),
            ("Signal names S1 to S4096", "8", "8", "5", "98,000"),
            ("Brake tables; 20 km/h to 160", "6", "15", "3", "77,125"),
            ('"Last train" page; 404 becomes 410.', "0.25", "2", "1", "9,000"),
        ),
        lede=("Six tasks in the yard. 480 hours in 22.2 minutes is 1,297.3x, the highest so far.",),
        analysis=(
            "Every token was counted: 2,310,000 for the switches, 9,000 for the page of the last train.",
        ),
        totals=(*SEED_TOTALS[:4], ("Total tokens", "tokens 3,554,625"), *SEED_TOTALS[4:]),
        between="\t",
        sign="×",
    ),
    CorpusDay(
        date="2026-06-15",
        title="Leverage Record: June 15, 2026",
        headers=CLASSIC,
        rows=(
            ("20 wells logged to 80 m", "20", "25", "5", ""),
            ("Core samples: box 11, depth 0.5 to 3.5", "48", "30", "6", ""),
            ("100 labels for the drill shed", "1", "3", "1", ""),
            ("3 maps at 1:10,000, 7 at 1:25,000", "15", "20", "4", ""),
            ("Ground water model, 50 layers x 80", "90", "75", "12", ""),
        ),
        numbers=(3, 1, 5, 2, 4),
        lede=("Sorted by factor, so that the numbers before the rows run wild.",),
        analysis=("Fifty layers are enough for a valley of 80 km; wells are dear, water is not.",),
        totals=SEED_TOTALS,
        tags=("AI", "Time Record"),
        front="list",
    ),
    CorpusDay(
        date="2026-06-29",
        title="Leverage Record: June 29, 2026",
        headers=CLASSIC,
        rows=(
            ("Chess clock firmware, 2 buttons, 1 buzzer", "30", "25", "5", ""),
            ("Opening book up to move 12", "14", "20", "4", ""),
            ("League table for 8 clubs", "3", "5", "2", ""),
        ),
        lede=("Three tasks, and two printed figures that do not follow from the others.",),
        analysis=("The league table is where the slip is.",),
        totals=SEED_TOTALS,
        wrong={(3, "Factor"): "63.0x"},
        wrong_totals={"Total human-equivalent hours": "48"},
    ),
)
