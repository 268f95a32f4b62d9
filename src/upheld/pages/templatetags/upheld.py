"""Tags and filters: times, figures, badges, citations, reasons and pictures, as templates ask for them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from upheld.core.explain import Value
from upheld.core.service_hours import Zone
from upheld.core.timeline import MINUTE, Duration, Instant, Span
from upheld.pages import pictures, words
from upheld.pages.contexts.agreements import Clause, Reading
from upheld.pages.contexts.outages import OutageRow
from upheld.pages.contexts.parts import AgreementName, FactLine, Field, Form, StateSpan, Why
from upheld.pages.contexts.services import CountedSpan
from upheld.pages.icons import ICONS, write_sprite
from upheld.pages.reasons import Reason, read_below, read_reasons
from upheld.pages.states import State

register = template.Library()
HINT_LENGTH = 90
ROOM = Path(__file__).parents[1]
WHY_LINES = "upheld/parts/reasons.html"


# --- figures and lengths ----------------------------------------------------------------------------------------------
@register.filter
def figure(value: Value) -> str:
    return words.say_figure(value)


@register.filter
def minutes(length: Duration) -> str:
    return words.say_minutes(length)


@register.filter
def long(value: Duration) -> str:
    return words.say_length(value)


@register.filter
def number(value: int) -> str:
    return f"{value:,}"


@register.filter
def whole(text: str) -> str:
    """Words with figures that keep to their units."""
    return words.keep_together(text)


@register.filter
def coded(text: str) -> SafeString:
    """The same, and what stands between two backquotes as it is typed."""
    parts = enumerate(words.keep_together(text).split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if place % 2 else part,) for place, part in parts)
    )


@register.simple_tag
def count(many: int, one: str, plural: str = "") -> str:
    return words.say_count(many, one, plural)


@register.simple_tag
def percent(part: Duration, of: Duration) -> str:
    return words.say_percent(part, of)


@register.filter
def fact_words(line: FactLine) -> str:
    return words.tell_fact(line.fact)


# --- times ------------------------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def at(
    context: Context,
    instant: Instant,
    zone: Zone = words.UTC,
    *,
    exact: bool = False,
    full: bool = False,
    dated: bool = False,
) -> SafeString:
    """
    An instant as a `time` element, seen from the page's own instant; `dated` keeps today's date, `full` the year too. In
    parentheses the reader's own zone, except beside exact times: those are evidence, and stand in columns.
    """
    said = words.say_instant(instant, zone, as_of=context["bits"].as_of, exact=exact, full=full, dated=dated)
    if not exact:
        said += words.say_besides(instant, zone, context["bits"].zone)
    return format_html('<time datetime="{}">{}</time>', words.write_machine_time(instant), said)


@register.simple_tag(takes_context=True)
def span(context: Context, value: Span, zone: Zone = words.UTC, *, named: bool = True) -> str:
    return words.say_span(value, zone, as_of=context["bits"].as_of, named=named)


@register.simple_tag(takes_context=True)
def row_spans(context: Context, row: CountedSpan, zone: Zone = words.UTC) -> str:
    """The times of a row: one span, a running one up to now, or several that share their hours."""
    as_of = context["bits"].as_of
    if row.is_running:
        start = row.spans[0].start
        return f"{words.say_day(start, zone, as_of=as_of)} {words.say_clock(start, zone)}–now"
    return words.say_spans(row.spans, zone, as_of=as_of)


@register.simple_tag
def period(value: Span, zone: Zone = words.UTC) -> str:
    return words.say_period(value, zone)


@register.simple_tag
def month(value: Span, zone: Zone = words.UTC, *, short: bool = False) -> str:
    """`August 2026`; `short` leaves the year to the page."""
    said = words.say_month(value, zone)
    return said.split(words.NBSP)[0] if short and said.count(words.NBSP) == 1 else said


@register.simple_tag(takes_context=True)
def day(context: Context, instant: Instant, zone: Zone = words.UTC, *, weekday: bool = True) -> str:
    return words.say_day(instant, zone, as_of=context["bits"].as_of, weekday=weekday)


@register.simple_tag
def bounds(value: Span, zone: Zone = words.UTC) -> str:
    return f"from {words.say_bounds(value, zone)}"


@register.simple_tag(takes_context=True)
def ago(context: Context, instant: Instant) -> str:
    """Only for `is it alive`: everything that may be evidence is absolute."""
    return f"{words.say_length(context['bits'].as_of - instant)} ago"


@register.simple_tag(takes_context=True)
def lasted(context: Context, row: OutageRow) -> str:
    """How long an outage was, or is so far."""
    said = words.say_length((row.ended_at or context["bits"].as_of) - row.started_at)
    return said if row.ended_at else f"{said} so far"


@register.simple_tag(takes_context=True)
def recorded_late(context: Context, line: FactLine) -> SafeString:
    """When a fact was written down, where that was a minute or more after it happened."""
    if line.fact.recorded_at - line.fact.occurred_at < MINUTE:
        return mark_safe("")
    said = words.say_instant(line.fact.recorded_at, as_of=context["bits"].as_of, exact=True)
    return format_html('<br><span class="small soft">recorded {}</span>', said)


@register.filter
def zone_name(zone: Zone) -> str:
    return words.say_zone(zone)


# --- badges, icons ----------------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def icon(context: Context, name: str) -> SafeString:
    """An icon of the sprite; hidden from the ear, since the word beside it is text."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"no icon is named {name!r}; there are {', '.join(sorted(ICONS))}")
    context["used_icons"].add(name)
    return format_html('<svg class="i" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag(takes_context=True)
def sprite(context: Context) -> SafeString:
    """The icons that the page used so far, and the patterns; stands at the end of the body."""
    return write_sprite(context["used_icons"])


def write_badge(context: Context, said: str, name: str, colour: str, *, boxed: bool) -> SafeString:
    kinds = " ".join(kind for kind in ("badge", "box" if boxed else "", colour) if kind)
    return format_html('<span class="{}">{}{}</span>', kinds, icon(context, name), words.keep_together(said))


@register.simple_tag(takes_context=True)
def state_badge(context: Context, state: State | str, said: str = "") -> SafeString:
    state = State.read(state)
    return write_badge(context, said or state.words, state.value, state.value, boxed=False)


@register.simple_tag(takes_context=True)
def verdict_badge(context: Context, verdict: str, *, boxed: bool = False, is_goal: bool = False) -> SafeString:
    shown = words.say_verdict(verdict, is_goal=is_goal)
    return write_badge(context, shown.words, shown.icon, shown.colour, boxed=boxed)


@register.simple_tag(takes_context=True)
def badge(context: Context, said: str, name: str, colour: str = "") -> SafeString:
    return write_badge(context, said, name, colour, boxed=False)


@register.filter
def colour(verdict: str) -> str:
    """The class of a final verdict's figure."""
    return words.say_verdict(verdict).colour


# --- clauses, readings, facts -----------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def cites(context: Context, clauses: Sequence[str], agreement: AgreementName | None = None) -> SafeString:
    """
    Clauses at the end of their line; each leads to its words. The first line of the page that cites a clause carries the
    beginning of them, which the script shows at the others too.
    """
    if not clauses:
        return mark_safe("")
    links = [cite(clause, agreement, is_first=clause not in context["hinted"]) for clause in clauses]
    context["hinted"].update(clauses)
    return format_html('<span class="cites">{}</span>', mark_safe("".join(links)))


def cite(clause: str, agreement: AgreementName | None, *, is_first: bool) -> SafeString:
    if agreement is None or not agreement.clauses_url:
        return format_html('<span class="cite"><span class="sr">clause </span>{}</span>', clause)
    prose = agreement.prose.get(clause, "") if is_first else ""
    hint = format_html(' data-hint="{}"', words.shorten(prose, HINT_LENGTH)) if prose else ""
    url = f"{agreement.clauses_url}#{clause}"
    return format_html('<a class="cite" href="{}"{}><span class="sr">clause </span>{}</a>', url, hint, clause)


@register.simple_tag
def readings(reason: Reason) -> SafeString:
    """`Reading per-interruption` after the words of a line, each leading to its panel."""
    if not reason.readings:
        return mark_safe("")
    url = reason.agreement.clauses_url
    links = format_html_join(", ", '<a href="{}#{}">{}</a>', ((url, name, name) for name in reason.readings))
    stop = "" if reason.words.endswith(".") else "."
    return format_html("{} {} {}", stop, "Reading" if len(reason.readings) == 1 else "Readings", links)


@register.filter
def marked(clause: Clause) -> SafeString:
    """A clause's prose with the figures that the check compared marked in it."""
    text = str(conditional_escape(clause.prose))
    for found in sorted({str(conditional_escape(figure)) for figure in clause.figures}, key=len, reverse=True):
        text = text.replace(found, f"<mark>{found}</mark>")
    return mark_safe(words.keep_together(text))


@register.simple_tag
def linked_terms(text: str, known: Sequence[Reading], page: str = "") -> SafeString:
    """Terms as they are written; a block's name stands out, a reading leads to its place, on the same page or another."""
    lines = []
    names = {reading.name for reading in known}
    for line in text.splitlines():
        # Between tags a quotation mark is itself: a page of terms holds hundreds of them.
        written = str(conditional_escape(line)).replace("&quot;", '"').replace("&#x27;", "'")
        indent, _, rest = line.partition(line.lstrip()[:1]) if line.strip() else ("", "", "")
        if line.lstrip().startswith("#"):
            written = f"<i>{written}</i>"
        elif len(indent) <= 2 and line.rstrip().endswith(":") and rest:
            written = f"{indent}<b>{conditional_escape(line.strip()[:-1])}</b>:"
        for name in names:
            link = format_html('<a href="{}#{}">reading {}</a>', page, name, name)
            written = written.replace(f"reading {name}", link)
        lines.append(written)
    return mark_safe("\n".join(lines))


@register.inclusion_tag("upheld/parts/why.html", takes_context=True)
def why(context: Context, reasons: Why, asked: str) -> dict[str, Any]:
    """The reasons of a figure, folded behind `why?`; `asked` is the figure, for the ear."""
    return {**flat(context), "why": reasons, "asked": asked, "root": read_reasons(reasons), "lines": WHY_LINES}


@register.inclusion_tag("upheld/parts/reasons_root.html", takes_context=True)
def whole_reasons(context: Context, reasons: Why, *, with_anchors: bool = False) -> dict[str, Any]:
    """The same without the fold: the page of one tree."""
    return {**flat(context), "why": reasons, "root": read_reasons(reasons), "with_anchors": with_anchors, "lines": WHY_LINES}


@register.inclusion_tag("upheld/parts/reason_lines.html", takes_context=True)
def reasons_below(context: Context, reasons: Why, step: Mapping[str, Any], path: str) -> dict[str, Any]:
    return {**flat(context), "below": read_below(reasons, step, path), "lines": WHY_LINES}


def flat(context: Context) -> dict[str, Any]:
    """What every part needs of its page."""
    return {name: context[name] for name in ("bits", "page", "used_icons", "hinted")}


@register.inclusion_tag("upheld/parts/field.html", takes_context=True)
def form_field(context: Context, form: Form, field: Field) -> dict[str, Any]:
    """One question, with the sentence that says what is wrong with its answer."""
    problem = form.problem_of(field.name)
    hints = [f"m-{field.name}"] * bool(problem) + [f"h-{field.name}"] * bool(field.hint)
    described = format_html(' aria-describedby="{}"', " ".join(hints)) if hints else ""
    invalid = mark_safe(' aria-invalid="true"') if problem else ""
    parts = {"field": field, "problem": problem, "described": format_html("{}{}", described, invalid)}
    return {**flat(context), **parts, "agreement": form.agreement}


@register.inclusion_tag("upheld/parts/field.html", takes_context=True)
def plain_field(context: Context, field: Field) -> dict[str, Any]:
    """One question of a form that only looks: nothing can be wrong with its answer."""
    return {**flat(context), "field": field, "problem": "", "described": mark_safe(""), "agreement": None}


@register.filter
def is_line(fact: FactLine | str) -> bool:
    """Whether a fact's words are at hand, not only its id."""
    return isinstance(fact, FactLine)


@register.simple_tag
def whole_style() -> SafeString:
    """The style sheet itself, for a page that is one file by itself."""
    return mark_safe((ROOM / "static/upheld/upheld.css").read_text(encoding="utf-8"))


# --- pictures ---------------------------------------------------------------------------------------------------------
@register.simple_tag
def month_picture(page: Any) -> SafeString:
    """The month of a service page."""
    shown = [StateSpan(one, row.state, row.is_running) for row in page.rows for one in row.spans]
    zone = page.agreement.zone
    return pictures.draw_month(page.period, shown, as_of=page.as_of, zone=zone, open_hours=page.open_hours)


@register.simple_tag
def month_hours(page: Any) -> SafeString:
    return pictures.draw_hours(page.period, zone=page.agreement.zone, open_hours=page.open_hours)


@register.simple_tag
def status_month_picture(page: Any, component: Any) -> SafeString:
    return pictures.draw_month(page.month, component.spans, as_of=page.as_of, zone=page.zone)


@register.simple_tag
def status_month_hours(page: Any) -> SafeString:
    return pictures.draw_hours(page.month, zone=page.zone)


@register.simple_tag(takes_context=True)
def edges_picture(context: Context, edges: Any, zone: Zone = words.UTC) -> SafeString:
    return pictures.draw_edges(edges, as_of=context["bits"].as_of, zone=zone)


@register.simple_tag
def days_picture(page: Any, component: Any) -> SafeString:
    return pictures.draw_days(page.days, component.spans, name=component.name, as_of=page.as_of, zone=page.zone)


@register.simple_tag
def budget_picture(budget: Any, used: str = "used") -> SafeString:
    return pictures.draw_budget(budget, used)


@register.simple_tag(takes_context=True)
def calendar_strip(context: Context, strip: Any, zone: Any) -> SafeString:
    return pictures.draw_calendar_strip(strip, as_of=context["bits"].as_of, zone=zone)


@register.simple_tag
def budget_sum(budget: Any, used: str = "used") -> str:
    return pictures.tell_budget(budget, used)


@register.simple_tag
def attained_picture(row: Any) -> SafeString:
    return pictures.draw_attained(row)


@register.simple_tag
def attained_sum(row: Any) -> str:
    return pictures.tell_attained(row)


@register.simple_tag(takes_context=True)
def sparkline(context: Context, value: Span, spans: Sequence[StateSpan], zone: Zone = words.UTC) -> SafeString:
    return pictures.draw_sparkline(value, spans, as_of=context["bits"].as_of, zone=zone)


@register.simple_tag
def horizon_picture(page: Any, zone: Zone = words.UTC) -> SafeString:
    return pictures.draw_horizon(page.lanes, page.window, as_of=page.as_of, zone=zone)


@register.simple_tag
def shifts_picture(page: Any) -> SafeString:
    return pictures.draw_shifts(page.shifts, page.window, as_of=page.as_of, zone=page.row.zone)


@register.simple_tag
def horizon_names(page: Any) -> SafeString:
    return pictures.draw_names(page.lanes)
