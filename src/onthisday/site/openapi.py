"""All that the site answers, as an OpenAPI 3.1 document: `/openapi.json`.

It is made from the routes, so no path can be missing. `build` writes the same document; it says
which paths only `serve` answers. Used by website.py. Not here: the schemas (schemas.py).
"""

import re
from collections.abc import Iterator
from typing import Any

from onthisday.config import Site
from onthisday.site.faults import PROBLEM
from onthisday.site.page import HTML, JSON, Route
from onthisday.site.path_parts import PARTS, QUERIES
from onthisday.site.schemas import ANSWERED, DIALECT
from onthisday.site.search_pages import ASKED
from onthisday.version import __version__

Json = dict[str, Any]

_ALONE = " (from `serve` alone)"

_UNCHANGED = "The reader has it already: If-None-Match or If-Modified-Since says so."

_ABOUT = """\
What happened on this day, with its sources. All answers are for GET and HEAD. Each page has an \
ETag, and pages of all sites may read it (CORS)."""


def document(site: Site, shared: tuple[Route, ...], routes: tuple[Route, ...]) -> Json:
    """Return the document. ``shared``: the routes that are the same in all languages."""
    main = {"servers": [_server(site, *site.folders[0])]} if site.languages else {}
    paths = {path: main | _path(route, path) for route in shared for path in _written(route)}
    paths |= {path: _path(route, path) for route in routes for path in _written(route)}
    return {
        "openapi": "3.1.0",
        "info": {"title": site.title, "version": __version__, "description": _ABOUT},
        "jsonSchemaDialect": DIALECT,
        "servers": [_server(site, *each) for each in site.folders],
        "paths": dict(sorted((paths | {"/healthz": main | _healthz()}).items())),
        "components": {"schemas": {name: schema() for name, schema in ANSWERED.items()}},
    }


def _server(site: Site, language: str, folder: str) -> Json:
    return {"url": f"{site.root}{folder}".rstrip("/"), "description": language}


def _written(route: Route) -> Iterator[str]:
    """Yield the path of a route without and with what may be missing."""
    yield re.sub(r"\[.*?\]", "", route.path)
    if "[" in route.path:
        yield re.sub(r"[][]", "", route.path)


def _path(route: Route, path: str) -> Json:
    parts = re.findall(r"\{(\w+)\}", path)
    responses = {
        "200": _answer(route.about, route.media_type, route.schema),
        "304": {"description": _UNCHANGED},
    }
    operation = {
        "summary": route.about + (_ALONE if route.paths is None else ""),
        "operationId": re.sub(r"\W+", "-", path).strip("-") or "today",
        "parameters": [*map(_part, parts), *map(_query, route.query)],
        "responses": responses | _refusals(route, path, is_sure=not parts),
    }
    return {"get": operation}


def _refusals(route: Route, path: str, *, is_sure: bool) -> Json:
    """Return the other answers of a path. ``is_sure``: it is there in every almanac."""
    if route.schema == "wikipedia":
        return {
            "400": _answer("There is no such list.", PROBLEM, "problem"),
            "404": _answer("No year has this day.", PROBLEM, "problem"),
        }
    missing = {} if is_sure else {"404": _answer("There is no such page.", HTML)}
    later = {"503": _answer("Ask again later.", route.media_type, route.schema)}
    return missing | (later if path in ASKED else {})


def _answer(about: str, media_type: str, schema: str | None = None) -> Json:
    shape = {"$ref": f"#/components/schemas/{schema}"} if schema else {"type": "string"}
    return {"description": about, "content": {media_type: {"schema": shape}}}


def _part(name: str) -> Json:
    part = PARTS[name]
    told = {} if "(?i" in part.pattern else {"pattern": f"^(?:{part.pattern})$"}
    schema = {"type": "string", "minLength": 1} | told
    return {
        "name": name, "in": "path", "required": True, "description": part.about, "schema": schema,
    }  # fmt: skip


def _query(name: str) -> Json:
    query = QUERIES[name]
    return {"name": name, "in": "query", "description": query.about, "schema": query.schema}


def _healthz() -> Json:
    ready = {"name": "ready", "in": "query", "allowEmptyValue": True, "schema": {"type": "string"}}
    ready["description"] = "503 until the service is ready"
    about = "The state of the service; to a program on the same machine also why"
    answer = _answer(about, JSON, "healthz")
    operation = {
        "summary": f"{about}{_ALONE}",
        "operationId": "healthz",
        "parameters": [ready],
        "responses": {"200": answer, "503": answer | {"description": "It is not ready yet."}},
    }
    return {"get": operation}
