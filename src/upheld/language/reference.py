"""The page of all words, made from the same tables as the check: `python -m upheld.language.reference`."""

import sys
from collections.abc import Iterator
from importlib.resources import files

from upheld.language.reference_of_facts import write_asked, write_fields
from upheld.language.vocabulary import BLOCKS, WORDS, Block, Key

KINDS = {
    "any": ("any value", ""),
    "bands": ("bands", "a list of `{uptime: at least 99.0 % and under 99.5 %, pays: 10 %}`"),
    "beyond": ("what pays nothing", "`6 hours`, `the target` (the down time that it bears), the name of a clock"),
    "bound": (
        "a bound",
        "`{from: received, target plus: 24 hours}` or `{from: received, in all: 24 hours}`: a due time is never later",
    ),
    "cap": (
        "a cap",
        (
            "`{at most: 100 %, of: monthly price, per: period}`; a share, money, service, so many credits; per period, "
            "outage, invoice, or a period by its name"
        ),
    ),
    "closed": ("closed days", "`2025-12-24`, `every 25 December`, the name of a list; one or a list of them"),
    "comparison": ("a comparison", "`at least 99.5 %`, `under 5 business days`, `at least 99.0 % and under 99.5 %`"),
    "condition": ("a condition", "a map of facts to values that must all hold; `any`, `all`, `not` combine"),
    "conditions": ("conditions", "a list of conditions, of which one that holds is enough: `[{waiting for: customer}]`"),
    "date": ("a date", "`2023-01-13`"),
    "day of the year": ("a day of the year", "`1 February`"),
    "deadline": ("a deadline", "`5 business days after outage end`"),
    "details": ("details", "a list of `{ask: date and time, must: true}`"),
    "effect": ("an effect", "`down`, `up`, `out of base`"),
    "event": ("an event", "one of the events below"),
    "flag": ("a flag", "`true`, `false`; nothing else, no `yes` and no `on`"),
    "formula": ("a formula", "`(T - M - D) / (T - M)`: numbers, letters, `+ - * /`, parentheses"),
    "frequency": ("a frequency", "`1 per week`, `10 hours per year`"),
    "hours": ("opening hours", "`mon-fri 07:00-17:00`, `sat,sun 00:00-24:00`; one or a list of them"),
    "length": (
        "a length",
        "`15 minutes`, `2 weeks`, `5 elapsed days`, `30 calendar days`, `3 months`, `5 business days`, `4 business hours`",
    ),
    "list": ("a list", "`[one, two]`"),
    "map": ("a map", "names of the author's own, each with the keys below"),
    "most": ("an upper limit", "`50 %` of a price, `EUR 50`; `90 elapsed days of service` where service is given"),
    "name": ("a name", "letters, digits, hyphens; never a space"),
    "names": ("names", "one name, or a list of them"),
    "number": ("a number", "`3`, `0.01`; digits and a point"),
    "paid": (
        "where it is paid",
        (
            "`next invoice`, `a later invoice`, `invoice of the period after confirmation`, `future payments`, "
            "`end of the term`, `the customer's account`, `as the decision to give it says`; "
            "`, within 30 calendar days after confirmation` may follow"
        ),
    ),
    "pays": (
        "what a unit pays",
        (
            "`hourly price`, `daily price`, `price`, `10 %`, `USD 50`, `10 hours of service`, `1 elapsed day of service`,"
            " `1 month of service`, `time lost` (its price, to the microsecond)"
        ),
    ),
    "per": ("a denominator", "`1440 minutes per day`"),
    "percent": ("a percentage", "`99.5 %`: a point, and a space before the sign"),
    "price": ("an amount of money", "`EUR 720`, `parameter monthly-price`"),
    "prices": ("prices", "one for each promise under `each of`: `{mail-uptime: parameter mail-price, web-uptime: EUR 40}`"),
    "quantity": ("a quantity", "one of the quantities below"),
    "rate": ("a price", "`GBP 100 per hour`, `GBP 200 once`"),
    "senses": ("senses", "a list of values, or a map of names to values"),
    "strength": ("a strength", "`promise`, `objective`, `limit`, `goal`, `best effort`; only a promise can be missed"),
    "text": ("a text", "words; in quotes where they hold a comma, or a colon with a space"),
    "times": ("a multiple", "`10 x`"),
    "trigger": ("an event", "`received`; `{any: [one, two]}`: whichever comes first; `{all: [one, two]}`: the last of them"),
    "unit": (
        "a unit that pays",
        (
            "`full hour`, `full 30 minutes`, `started 30 minutes`, `exact hour`, `full elapsed day`, `case`; of a figure "
            "`full 1 %`, `full 3`"
        ),
    ),
    "worth": ("a worth", "`of / hours of the period`, `of / days of the period`, `of / 730`; `of` alone: it is that"),
    "zone": ("a zone", "`UTC`, `Europe/London`, `fixed UTC+03:00`; never `EST`, `CET`, `GMT+3`"),
}
INTRODUCTIONS = {
    "events": "What can happen, and what a deadline can hang on (`5 business days after outage end`).",
    "conditions": "The facts of which a condition can speak. The names of rules and of parameters are facts too.",
    "quantities": "What a letter of a formula can stand for.",
    "strengths": "How hard a promise binds. Only `promise` can be missed.",
    "effects": "How time counts: `down` against the promise, `up` as if the service were there, `out of base` not at all.",
    "facts": "What an example can tell.",
    "fact fields": "The fields of those facts.",
    "results": "What an example can expect.",
}


TABLES = {"conditions": write_asked, "facts": write_fields}


def write_reference() -> str:
    """The whole page."""
    return "\n".join([*write_head(), *write_kinds(), *write_blocks(), *write_lists()]) + "\n"


def write_head() -> Iterator[str]:
    yield files("upheld.language.vocabulary").joinpath("reference.md").read_text("utf-8").rstrip("\n")
    yield ""


def write_kinds() -> Iterator[str]:
    yield "## Kinds of value\n"
    yield "`reading NAME` or `parameter NAME` may stand in the place of any value.\n"
    yield "| kind | written |"
    yield "|---|---|"
    yield from (f"| *{noun}* | {written} |" for noun, written in KINDS.values())
    yield ""


def write_blocks() -> Iterator[str]:
    yield "## Blocks\n"
    yield "A key marked **!** must be given. Blocks that no judge reads yet say so; their words are checked all the same.\n"
    for block in BLOCKS.values():
        yield from write_block(block)


def write_block(block: Block) -> Iterator[str]:
    outer, _, inner = block.name.partition("/")
    yield f"### {outer}: {inner}\n" if inner else f"### {outer}\n"
    yield f"{block.meaning} {shape_of(block)}\n"
    if block.keys:
        yield "| key | value | what it says |"
        yield "|---|---|---|"
        yield from (write_key(key) for key in block.keys.values())
        yield ""
    if example := examples().get(block.name):
        yield f"```yaml\n{example}\n```\n"


def write_key(key: Key) -> str:
    return f"| `{key.name}`{' **!**' if key.must else ''} | {values_of(key)} | {key.meaning} |"


def shape_of(block: Block) -> str:
    shapes = {
        "record": "One for the whole file.",
        "named": "Each entry has a name of the author's own.",
        "free": f"Names with {noun_of(block.holds) if block.holds else 'values of the author’s own'}.",
        "named conditions": "Each entry has a name of the author's own, and is a condition.",
    }
    words = [shapes[block.shape]]
    if block.cases:
        words.append("An entry may have `cases`: a map of names to `when` and the keys in which the cases differ.")
    if not block.judged and "/" not in block.name and block.name != "example":
        words.append("*Not judged yet.*")
    return " ".join(words)


def values_of(key: Key) -> str:
    return ", ".join(f"*{noun_of(kind)}*" if kind.startswith("<") else f"`{kind}`" for kind in key.kinds)


def noun_of(kind: str) -> str:
    name = kind.strip("<>")
    for short, long in (("names of rules", "names of rules"), ("names in ", "names of "), ("name in ", "a name of ")):
        if name.startswith(short):
            return name.replace(short, long, 1)
    return KINDS[name][0]


def examples() -> dict[str, str]:
    """A fragment for each judged block, taken from an agreement that a test checks whole."""
    text = files("upheld.language.vocabulary").joinpath("sample.md").read_text("utf-8")
    found: dict[str, str] = {}
    for fence in text.split("```terms\n")[1:]:
        lines = fence.split("\n```")[0].split("\n")
        starts = [number for number, line in enumerate(lines) if line[:1].strip()]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            found.setdefault(lines[start].split(":")[0], "\n".join(lines[start:end]))
    return found


def write_lists() -> Iterator[str]:
    yield "## Lists of words\n"
    for name, words in WORDS.items():
        yield f"### {name}\n"
        yield f"{INTRODUCTIONS[name]}\n"
        yield ", ".join(f"`{word}`" for word in words)
        yield ""
        if table := TABLES.get(name):
            yield from table()


if __name__ == "__main__":
    sys.stdout.write(write_reference())
