"""
The sample agreement judged a second time, from its clauses and without our code: tick by tick, in sets and loops.

It is slow and dumb on purpose. It shares no line with `core`; where the two differ, one of them misreads the clause that
stands beside the rule here.
"""

from datetime import datetime, time, timedelta
from fractions import Fraction
from typing import Any

from tests.core.naive.history import History

CLOSED = ((1, 1), (12, 25))
EFFECTS = {"own": "D", "storm": "U", "dropped": "M"}
ANSWERS = {"own": "provider", "storm": "outside", "dropped": "outside"}


def is_business_day(day: Any) -> bool:
    """TP-09: Monday to Friday except 1 January and 25 December."""
    return day.weekday() < 5 and (day.month, day.day) not in CLOSED


def is_business_hour(moment: datetime) -> bool:
    """TP-10: 07:00 to 17:00 UTC on business days."""
    return is_business_day(moment.date()) and 7 <= moment.hour < 17


def end_of_business_days(start: datetime, days: int, kind: str) -> datetime:
    """TP-27: the day of the event does not count; the last day is over at its midnight, or as the reading says."""
    if kind == "open hours":
        left, moment = days * 600, start
        while left:
            left -= is_business_hour(moment)
            moment += timedelta(minutes=1)
        return moment
    day = start.date()
    while days:
        day += timedelta(days=1)
        days -= is_business_day(day)
    midnight = datetime.combine(day, time(0), start.tzinfo)
    return midnight + (timedelta(hours=17) if kind == "closing" else timedelta(days=1))


class Naive:
    """One history, one reading of the agreement: every figure by counting ticks."""

    def __init__(self, made: History) -> None:
        self.made, self.as_of = made, made.as_of
        self.read = {
            "whole-days": "whole", "M-includes-regular": "both", "part-inside": "surplus", "own-cause-wins": "down wins",
            "unmeasured-time": "undecided", "part-period": "whole period counts", "per-interruption": "per outage",
            "touching-outages": "as one", "hour-price": "hours", "split-at-month": "each period's part", "no-cap": "none",
            "notify-from": "outage end", **made.readings,
        }  # fmt: skip
        self.blind = set(self.ticks_of(known for known in made.blind if known["told"] <= self.as_of))
        self.seen = set(self.ticks_of(known for known in made.seen if known["told"] <= self.as_of)) - self.blind
        self.outages = [self.known(o) for o in made.outages if max(o["told"], o["first_bad"]) <= self.as_of]
        self.outages = [outage for outage in self.outages if outage["component"] == "web"]
        self.outages.sort(key=lambda outage: (outage["start"], outage["end"], outage["name"]))
        self.causes_at = self.find_causes()
        # What a prober could not see was not seen down; at most, it was down all the same.
        self.down = self.seen_down("end")
        self.windows = self.judge_windows()

    @staticmethod
    def ticks_of(spans: Any) -> Any:
        return (tick for span in spans for tick in range(span["start"], span["end"]))

    def known(self, outage: dict[str, Any]) -> dict[str, Any]:
        """An outage as it was known: a running one lasts until the instant that is looked from."""
        start, last_good = outage["first_bad"], outage["last_good"]
        closed = outage["first_good"] is not None and outage["told closed"] <= self.as_of
        end = min(outage["first_good"], self.as_of) if closed else self.as_of
        end = max(start, end)
        certain = max(start, min(outage["last_bad"], end)) if closed else self.as_of
        begun = start if last_good is None else min(start, last_good)
        return {**outage, "start": start, "end": end, "certain": certain, "begun": begun, "running": not closed}

    def seen_down(self, last: str) -> set[int]:
        """The ticks in which an outage was seen: a running one of a watched service until the last that was seen of it."""
        known = [seen for seen in self.made.seen if seen["told"] <= self.as_of]
        until = max((seen["end"] for seen in known if seen["how"] != "declared"), default=None)
        told = set(self.ticks_of(seen for seen in known if seen["how"] == "declared"))
        down: set[int] = set()
        for outage in self.outages:
            ticks = set(range(outage["start"], outage[last]))
            if outage["running"] and until is not None:
                ticks -= set(range(max(outage["start"], until), max(outage["end"], outage["start"]))) - told
            down |= ticks
        return down - self.blind

    def spread(self, first: str, last: str) -> set[int]:
        """The ticks in which some outage was there."""
        return {tick for outage in self.outages for tick in range(outage[first], outage[last])}

    def find_causes(self) -> dict[int, dict[str, str]]:
        """For each tick the cause of each outage in it: the one put on it last, or the provider's own."""
        told = [(cause["told"], f"cause-{number}", cause) for number, cause in enumerate(self.made.causes)]
        told = sorted((entry for entry in told if entry[0] <= self.as_of), key=lambda entry: entry[:2])
        causes: dict[int, dict[str, str]] = {}
        for outage in self.outages:
            for tick in range(outage["start"], outage["end"]):
                name = "own"
                for _, _, cause in told:
                    if (
                        cause["outage"] == outage["name"]
                        and cause["start"] <= tick < cause["end"]
                        and cause["cause"] in EFFECTS
                    ):
                        name = cause["cause"]
                causes.setdefault(tick, {})[outage["name"]] = name
        return causes

    # ---- maintenance

    def judge_windows(self) -> list[dict[str, Any]]:
        judged: list[dict[str, Any]] = []
        known = [w for w in self.made.windows if w["told"] <= self.as_of and w["kind"] != "unheard-of"]
        known.sort(key=lambda window: (window["start"], window["end"], window["name"]))
        for place, window in enumerate(known):
            window = dict(window)
            for key in ("notice", "vendor", "started", "ended", "cancelled"):
                if window[key] is not None and window[key] > self.as_of:
                    window[key] = None
            start, end = window["start"], window["end"]
            worked = set(range(max(start, window["started"] if window["started"] is not None else start),
                               min(end, window["ended"] if window["ended"] is not None else end)))  # fmt: skip
            window["worked"] = worked
            window["used"] = window["cancelled"] is None and bool(worked & self.down)
            window["judged"] = self.kind_of(window, judged, known[place + 1 :])
            inside = {tick for tick in range(start, end) if is_business_hour(self.made.moment(tick))}
            effect = {"scheduled": "M", "regular": "M" if self.read["M-includes-regular"] == "both" else "U"}
            window["effect"] = "D" if window["cancelled"] is not None else effect.get(window["judged"], "D")
            window["excused"] = set() if window["effect"] == "D" else worked - inside
            days = {"scheduled": 5, "failover": 20}.get(window["kind"])
            window["earliest"] = None if days is None or window["notice"] is None else self.end(window["notice"], days)
            judged.append(window)
        return judged

    def end(self, tick: int, days: int) -> datetime:
        return end_of_business_days(self.made.moment(tick), days, self.read["whole-days"])

    def kind_of(self, window: dict[str, Any], judged: list[dict[str, Any]], after: list[dict[str, Any]]) -> str:
        start = self.made.moment(window["start"])
        if window["kind"] == "regular":
            # TP-21: once in a Monday week; a window without down time takes no turn.
            def week(at: datetime) -> Any:
                return at.date() - timedelta(days=at.weekday())

            before = [w for w in judged if w["judged"] == "regular" and w["used"]]
            turns = [w for w in before if week(self.made.moment(w["start"])) == week(start)]
            return "emergency" if turns else "regular"
        if window["kind"] == "scheduled":
            # TP-27, TP-28: five days' notice, unless the vendor's own came in less than five.
            in_time = window["notice"] is not None and start >= self.end(window["notice"], 5)
            waived = window["vendor"] is not None and start < self.end(window["vendor"], 5)
            hours = [tick for tick in range(window["start"], window["end"]) if is_business_hour(self.made.moment(tick))]
            if self.read["part-inside"] == "all" and hours:
                return "emergency"
            return "scheduled" if in_time or waived else "emergency"
        if window["kind"] == "failover":
            # TP-15: twenty days, and outside the weekly window.
            in_time = window["notice"] is not None and start >= self.end(window["notice"], 20)
            weekly = [w for w in judged if w["judged"] == "regular"] + [w for w in after if w["kind"] == "regular"]
            weekly = [w for w in weekly if w["cancelled"] is None or w["cancelled"] > self.as_of]
            shared = set(range(window["start"], window["end"])) & set(self.ticks_of(weekly))
            return "failover" if in_time and not shared else "emergency"
        return "emergency"

    # ---- the states of a month

    def state(self, tick: int, down: set[int]) -> str:
        """`before`, `ahead`, D(own), M (out of the base), U (excused, up), `blind`, or `up`."""
        if self.made.signed is not None and tick < self.made.signed:
            return "before"
        if tick >= self.as_of:
            return "ahead"
        if tick not in down:
            return "up" if tick in self.seen else "blind"
        # Inside excused work a down second is maintenance, whatever its cause.
        effects = {window["effect"] for window in self.windows if tick in window["excused"]}
        if effects:
            return "M" if "M" in effects else "U"
        causes = {EFFECTS[name] for name in self.causes_at.get(tick, {}).values()} or {"D"}
        order = "DMU" if self.read["own-cause-wins"] == "down wins" else "MUD"
        return next(letter for letter in order if letter in causes)

    def count(self, down: set[int]) -> dict[str, int]:
        counts = dict.fromkeys(("before", "ahead", "D", "M", "U", "blind", "up"), 0)
        for tick in range(self.made.ticks):
            counts[self.state(tick, down)] += 1
        return counts

    def sums(self, down: set[int]) -> dict[str, int]:
        """T, M, D, U in ticks, and what is in doubt, as unmeasured time and the time before signing are read."""
        counts, unmeasured = self.count(down), self.read["unmeasured-time"]
        whole = self.made.ticks - (counts["before"] if self.read["part-period"] == "trimmed" else 0)
        found = {"T": whole, "M": counts["M"], "D": counts["D"], "U": counts["U"], "doubt": 0, **counts}
        found.update(T=whole, M=counts["M"], D=counts["D"])
        if unmeasured == "down":
            found["D"] += counts["blind"]
        elif unmeasured == "out of base":
            found["M"] += counts["blind"]
        else:
            found["doubt"] = counts["blind"]
        return found

    @staticmethod
    def figure(sums: dict[str, int], more: int = 0) -> Fraction | None:
        """TP-41: (T - M - D) / (T - M)."""
        base = sums["T"] - sums["M"]
        return None if base == 0 else Fraction(base - sums["D"] - more, base)

    def verdict(self, sums: dict[str, int]) -> str:
        figure, worst, target = self.figure(sums), self.figure(sums, sums["doubt"]), Fraction(995, 1000)
        if figure is None or worst is None:
            return "undefined"
        if self.as_of < self.made.ticks:
            return "missed" if figure < target else "not known yet"
        if self.read["unmeasured-time"] == "undecided" and figure >= target > worst:
            return "undecided"
        return "met" if figure >= target else "missed"

    # ---- credits

    def groups(self) -> list[list[dict[str, Any]]]:
        """TP-45: records that touch or overlap are one interruption; or each stands for itself."""
        groups = [[outage] for outage in self.outages]
        joined = self.read["touching-outages"] == "as one"
        while joined:
            joined = False
            for one in groups:
                for other in groups:
                    if one is not other and any(
                        a["start"] <= b["end"] and b["start"] <= a["end"] for a in one for b in other
                    ):
                        one += other
                        groups.remove(other)
                        joined = True
                        break
                if joined:
                    break
        return sorted(groups, key=lambda group: self.outages.index(min(group, key=self.outages.index)))

    def interruptions(self) -> list[dict[str, Any]]:
        found, taken = [], set()
        for group in self.groups():
            start, end = min(o["start"] for o in group), max(o["end"] for o in group)
            counted = {tick for tick in range(start, end) if tick not in taken and self.state(tick, self.down) == "D"}
            taken |= set(range(start, end))
            if self.read["split-at-month"] == "period of start":
                belongs = 0 <= start < self.made.ticks
            else:
                counted = {tick for tick in counted if 0 <= tick < self.made.ticks}
                belongs = start < end and start < self.made.ticks and end > 0
            if belongs:
                names = {outage["name"] for outage in group}
                found.append({
                    "names": names, "start": start, "end": end, "counted": counted,
                    "running": any(o["running"] for o in group),
                    "answers": self.who_answers(counted) or self.who_answers(set(range(start, end)), names),
                })  # fmt: skip
        return found

    def who_answers(self, ticks: set[int], names: set[str] | None = None) -> set[str]:
        """Those of the causes in these ticks: of some outages, or of whichever, for time in two records counts in one."""
        return {
            ANSWERS[cause]
            for tick in ticks
            for name, cause in self.causes_at.get(tick, {}).items()
            if names is None or name in names
        }

    def full_hours(self, ticks: int) -> int:
        return ticks * self.made.grain // 3600

    def credit(self, units: int) -> Fraction:
        """TP-47: ten times the hourly price for each full hour, rounded once, half up, to cents."""
        hours = Fraction(self.made.ticks * self.made.grain, 3600) if self.read["hour-price"] == "hours" else Fraction(730)
        cents = Fraction(720) / hours * 10 * units * 100
        amount = Fraction(int(cents + Fraction(1, 2)), 100)
        return min(amount, Fraction(720)) if self.read["no-cap"] == "month" else amount

    # ---- claims

    def claims(self, verdict: str, found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        judged = {}
        for claim in self.made.claims:
            for interruption in found:
                if claim["at"] <= self.as_of and claim["outage"] in interruption["names"]:
                    judged[claim["name"]] = {**self.judge_claim(claim, verdict, interruption), "of": interruption}
        return judged

    def judge_claim(self, claim: dict[str, Any], verdict: str, interruption: dict[str, Any]) -> dict[str, Any]:
        tickets = [ticket for ticket in self.made.tickets if ticket["at"] <= self.as_of]
        named = [ticket for ticket in tickets if ticket["name"] == claim["ticket"]]
        about = [ticket for ticket in tickets if ticket["outage"] in interruption["names"]]
        ticket_at = min((ticket["at"] for ticket in named or about), default=None)
        ended = None if interruption["running"] else interruption["end"]
        ticket_until = None if ended is None else self.end(ended, 5)
        anchor = ended if self.read["notify-from"] == "outage end" else ticket_at
        claim_until = None if anchor is None else self.end(anchor, 5)
        late = self.made.moment
        grounds: dict[str, bool | None] = {
            "availability-met": {"met": True, "missed": False, "undefined": False}.get(verdict),
            "not-responsible": "provider" not in interruption["answers"],
            "no-ticket": ticket_at is None,
            "ticket-late": False if ticket_at is None else None if ticket_until is None else late(ticket_at) >= ticket_until,
            "invoice-in-default": any(
                invoice["due"] <= claim["at"]
                and not (invoice["paid"] is not None and invoice["paid"] <= min(claim["at"], self.as_of))
                for invoice in self.made.invoices
            ),
            "claim-late": None if claim_until is None else late(claim["at"]) >= claim_until,
            "details-missing": not {"date and time", "users"} <= set(claim["details"]),
        }
        refused = [code for code, holds in grounds.items() if holds]
        accepted = False if refused else None if None in grounds.values() else True
        return {"accepted": accepted, "refused": refused, "deadline": claim_until}

    # ---- everything

    def figures(self) -> dict[str, Any]:
        sums = self.sums(self.down)
        least, most = self.sums(self.seen_down("certain")), self.sums(self.spread("begun", "end"))
        verdict, found = self.verdict(sums), self.interruptions()
        counted = [one for one in found if one["counted"]]
        open_ended = verdict in ("not known yet", "undecided")
        owed = verdict == "missed" and any("provider" in one["answers"] for one in counted)
        hours = [self.full_hours(len(one["counted"])) for one in counted]
        per_outage = self.read["per-interruption"] == "per outage"
        units = 0 if not owed else sum(hours) if per_outage else self.full_hours(sum(len(one["counted"]) for one in counted))
        claims = self.claims(verdict, found)
        paying = {id(c["of"]): self.full_hours(len(c["of"]["counted"])) for c in claims.values() if c["accepted"]}
        granted = sum(paying.values()) if owed else 0
        if not per_outage and paying:
            granted = units
        lived = self.made.ticks - sums["before"] - sums["ahead"]
        stand = [w for w in self.windows if w["cancelled"] is None and w["start"] < self.made.ticks and w["end"] > 0]
        base = sums["T"] - sums["M"]
        return {
            "all time": sums["T"], "down": sums["D"], "out of base": sums["M"], "up by exclusion": sums["U"],
            "not measured": sums["blind"], "down at least": least["D"], "down at most": most["D"],
            "borne": None if base == 0 else Fraction(base * 5, 1000),
            "figure": self.figure(sums), "verdict": verdict,
            "lower": self.figure(most, most["doubt"] + most["ahead"]), "upper": self.figure(least),
            "coverage": Fraction(lived - sums["blind"], lived) if lived else None,
            "units": units, "credit": self.credit(units), "owed": None if open_ended else owed,
            "granted units": granted, "granted": self.credit(granted),
            "interruptions": [(sorted(one["names"]), len(one["counted"])) for one in found],
            "claims": {name: (c["accepted"], c["refused"], c["deadline"]) for name, c in claims.items()},
            "windows": {w["name"]: (w["judged"], len(w["excused"]), w["earliest"]) for w in self.windows},
            "maintenance": len({t for w in stand if w["start"] < w["end"] for t in w["worked"] if 0 <= t < self.made.ticks}),
        }  # fmt: skip
