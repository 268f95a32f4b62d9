"""`python -m upheld.interfaces.api.reference` prints docs/reference/api.md from the description of the API."""

import os
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

WORDS = {"string": "a text", "integer": "a whole number", "boolean": "true or false", "null": "null", "object": "an object"}


def print_reference() -> str:
    """The page docs/reference/api.md. Django must be set up."""
    from upheld.interfaces.api.interface import describe
    from upheld.interfaces.api.problems import KINDS

    described = describe()
    lines = files("upheld.interfaces.api").joinpath("reference.md").read_text(encoding="utf-8").splitlines()
    lines += ["", "| `type` ends with | status | title | what to do next |", "|---|---|---|---|"]
    lines += [f"| `#{kind.name}` | {kind.status} | {kind.title} | {kind.next} |" for kind in KINDS]
    lines += list(tell_operations(described))
    lines += list(tell_shapes(described["components"]["schemas"]))
    return "\n".join(lines) + "\n"


def tell_operations(described: dict[str, Any]) -> Iterator[str]:
    """The operations by subject, in the order of the description."""
    subject = ""
    operations = [
        (operation["tags"][0], method, path, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    # What describes the API itself is asked first, and read last.
    subjects = sorted(dict.fromkeys(tag for tag, *_ in operations), key="description".__eq__)
    for tag, method, path, operation in sorted(operations, key=lambda one: subjects.index(one[0])):
        if tag != subject:
            yield from ("", f"## {tag.capitalize()}")
            subject = tag
        yield from ("", f"### {operation['summary']}", "", f"`{method.upper()} {path}`", "")
        yield " ".join(operation.get("description", "").split())
        asked = [one for one in operation["parameters"] if one["in"] == "query"]
        if asked:
            yield from ("", "| in the query | | |", "|---|---|---|")
            yield from (tell_parameter(one) for one in asked)
        if body := operation.get("requestBody"):
            yield from ("", f"Send {tell_type(only_schema(body))}.")
        answers = [(status, only_schema(answer)) for status, answer in operation["responses"].items()]
        for status, schema in answers:
            yield from ("", f"Answers {status} with {tell_type(schema)}.")


def tell_parameter(one: dict[str, Any]) -> str:
    needed = ", needed" if one["required"] else ""
    return f"| `{one['name']}` | {tell_type(one['schema'])}{needed} | {one.get('description', '')} |"


def only_schema(holder: dict[str, Any]) -> dict[str, Any]:
    """The schema of the one content that a body or an answer has."""
    contents = list(holder.get("content", {}).values())
    return dict(contents[0]["schema"]) if contents else {}


def tell_shapes(schemas: dict[str, Any]) -> Iterator[str]:
    """Every object that is sent or told, with its fields."""
    yield from ("", "## Objects")
    for name, schema in sorted(schemas.items()):
        yield from ("", f"### {name}", "", " ".join(schema.get("description", "").split()))
        needed = schema.get("required", [])
        if fields := schema.get("properties", {}):
            yield from ("", "| field | |", "|---|---|")
        for field, kind in fields.items():
            yield f"| `{field}` | {tell_type(kind)}{'' if field in needed else ', may be left out'} |"


def tell_type(schema: dict[str, Any]) -> str:
    """A schema in words: `a text`, `a list of [OutageTold](#outagetold)`."""
    if reference := schema.get("$ref"):
        name = str(reference).rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if options := schema.get("anyOf"):
        return " or ".join(tell_type(option) for option in options)
    kind = schema.get("type")
    if kind == "array":
        return f"a list of {tell_type(schema.get('items', {}))}"
    if schema.get("format") == "date-time":
        return "an instant"
    if "pattern" in schema:
        return f"a text like `{schema['examples'][0]}`"
    if schema.get("format") == "binary":
        return "a file"
    return WORDS.get(str(kind), "anything")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upheld.project.settings")
    import django

    django.setup()
    print(print_reference(), end="")
