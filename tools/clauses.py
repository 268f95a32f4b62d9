"""`python -m tools.clauses` counts clauses: placed, carried out by a rule, shown by an example that comes out."""

import sys

from tests.clauses.test_clauses import CLAUSES, bears_a_rule, clauses_of, differences, examples_of, read


def main() -> int:
    placed = shown = bearing = wanted = 0
    for name, number in CLAUSES.items():
        checked = read(name)
        wanted += number
        errors = sum(problem.severity == "error" for problem in checked.problems)
        found = clauses_of(name)
        placed += 0 if errors else len(found) - len(checked.not_yet_judged)
        rules = [clause for clause in found if bears_a_rule(name, clause)]
        good = [clause for clause in rules if is_shown(name, clause)]
        bearing, shown = bearing + len(rules), shown + len(good)
        print(f"{name}: {len(found)} clauses, {errors} problems, {len(checked.not_yet_judged)} not judged,", end=" ")
        print(f"{len(good)} of {len(rules)} with a rule shown", *sorted(set(rules) - set(good)))
    print(f"{placed} of {wanted} clauses placed; {shown} of {bearing} with a rule shown by an example")
    return 0 if (placed, shown) == (wanted, bearing) else 1


def is_shown(name: str, clause: str) -> bool:
    examples = examples_of(name, clause)
    return bool(examples) and not any(differences(name, place) for place, _ in examples)


if __name__ == "__main__":
    sys.exit(main())
