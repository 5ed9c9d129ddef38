"""The pages that describe the answers of the site to programs: JSON Schemas and OpenAPI.

What they say is loaded only if one of them is made: on most days `build` makes none of them.
Used by website.py. Not here: the schemas (schemas.py) and the document (openapi.py).
"""

from collections.abc import Iterator

from onthisday.site.page import Page, SiteState, route


def _paths(_: SiteState) -> Iterator[str]:
    from onthisday.site.schemas import SCHEMAS

    return (f"/schemas/{name}.json" for name in SCHEMAS)


def _schema(state: SiteState, name: str) -> Page | None:
    from onthisday.site.schemas import SCHEMAS, schema_text

    if name not in SCHEMAS:
        return None
    return state.json_text(schema_text(name, f"{state.site.root}schemas/{name}.json"))


SHARED = (route("/schemas/{schema}.json", _paths, _schema, "A JSON Schema", schema="schema"),)
