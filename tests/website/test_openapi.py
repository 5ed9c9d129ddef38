"""The OpenAPI document and the JSON Schemas say all that the site answers, and nothing else."""

import json
import re
from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from onthisday.app.searching import SearchCache
from onthisday.app.workspace import Almanac
from onthisday.site.contents import SiteFiles
from onthisday.site.schemas import SCHEMAS, schema_text
from onthisday.site.website import Website
from tests.website.fixtures import DOCUMENTS, entry_of, png, write_almanac

ANSWERS = [{"says": "One", "document": "book"}, {"says": "Two", "document": "d7"}]

WHOLE: dict[str, Any] = {
    "accounts": [{"question": "How many?", "answers": ANSWERS}],
    "corrections": [{"on": "2026-01-02", "was": "A", "now": "B", "why": "C"}],
    "tags": ["müller"],
    "featured": True,
}

ALONE = ("/healthz", "/api/rest_v1/feed/onthisday/{type}/{MM}/{DD}")
"""What `serve` alone answers."""


def entries() -> Iterator[dict[str, Any]]:
    """Yield so many entries that each list has a second page."""
    for number in range(101):
        yield entry_of(f"day{number}", "1956-02-25", **WHOLE)
        yield entry_of(f"year{number}", "1956")
    yield entry_of("picture", "-0043-03-15", kind="death", image={"file": "a.png"})
    yield entry_of("feast", "XXXX-04", kind="holiday", rule="easter")


def write_described(folder: Path) -> Path:
    """Write an almanac whose site has a page for each path that is described."""
    config = write_almanac(folder, list(entries()), languages=["it"], logo="logo.svg")
    more = "".join(f"- {{id: d{number}, title: Number {number}}}\n" for number in range(101))
    (folder / "almanac" / "documents.yaml").write_text(DOCUMENTS + more)
    (folder / "almanac" / "a.png").write_bytes(png(4, 3))
    (folder / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    return config


@pytest.fixture(scope="module")
def website(tmp_path_factory: pytest.TempPathFactory) -> Website:
    config = write_described(tmp_path_factory.mktemp("described"))
    almanac = Almanac.open(str(config))
    files = SiteFiles(almanac.pictures, logo=(config.parent / "logo.svg").read_bytes)
    return Website(almanac.site, almanac.library, date(2026, 2, 25), files)


@pytest.fixture(scope="module")
def described(website: Website) -> dict[str, Any]:
    found: dict[str, Any] = read(website, "/openapi.json")
    return found


def read(website: Website, path: str) -> Any:
    page = website.render(path)
    assert page is not None
    assert page.media_type in {"application/json", "application/feed+json"}
    return json.loads(page.body)


def patterns_of(described: dict[str, Any]) -> dict[str, re.Pattern[str]]:
    """Return a pattern for each path of the document, made from what it says of its parts."""
    found = {}
    for path, own in described["paths"].items():
        shape = re.escape(path)
        for each in own["get"]["parameters"]:
            part = each["schema"].get("pattern", "^[^/]+$")[1:-1]
            shape = shape.replace(re.escape(f"{{{each['name']}}}"), f"(?:{part})")
        found[path] = re.compile(shape)
    return found


def described_as(path: str, patterns: dict[str, re.Pattern[str]]) -> str:
    """Return the path of the document that is meant: the one with the fewest parts that vary."""
    found = [each for each, pattern in patterns.items() if pattern.fullmatch(path)]
    return min(found, key=lambda each: each.count("{"))


def schema_in(described: dict[str, Any], path: str) -> Any:
    (content,) = described["paths"][path]["get"]["responses"]["200"]["content"].values()
    components = {"components": described["components"]}
    return Draft202012Validator(content["schema"] | components)


def test_the_document_is_valid_openapi(described: dict[str, Any]) -> None:
    validate(described)
    assert described["openapi"] == "3.1.0"
    servers = [each["url"] for each in described["servers"]]
    assert servers == ["https://almanac.example", "https://almanac.example/it"]


def test_each_path_of_the_site_is_described_with_its_media_type(
    website: Website, described: dict[str, Any]
) -> None:
    patterns = patterns_of(described)
    for path in website.paths():
        own = path.removeprefix("/it")
        found = described_as(own, patterns)
        page = website.render(path)
        assert page is not None
        (kind,) = described["paths"][found]["get"]["responses"]["200"]["content"]
        assert fnmatch(page.media_type, kind), path


def test_each_path_that_is_described_has_a_page_unless_serve_alone_answers_it(
    website: Website, described: dict[str, Any]
) -> None:
    paths = list(website.paths())
    patterns = patterns_of(described)
    missing = [
        path
        for path, pattern in patterns.items()
        if not any(pattern.fullmatch(each) for each in paths)
    ]
    assert sorted(missing) == sorted(ALONE)
    for path in ALONE:
        assert "from `serve` alone" in described["paths"][path]["get"]["summary"]


def test_what_is_the_same_in_all_languages_is_described_at_the_root_alone(
    website: Website, described: dict[str, Any]
) -> None:
    paths = set(website.paths())
    for path, own in described["paths"].items():
        if "{" not in path and path not in ALONE:
            assert ("servers" in own) == (f"/it{path}" not in paths), path


def test_all_json_of_the_site_is_as_its_schema_says(
    website: Website, described: dict[str, Any]
) -> None:
    patterns = patterns_of(described)
    judges = {path: schema_in(described, path) for path in patterns}
    seen = set()
    for path in website.paths():
        if path.endswith(".json") and not path.startswith("/it"):
            found = described_as(path, patterns)
            judges[found].validate(read(website, path))
            seen.add(found)
    assert len(seen) == sum(path.endswith(".json") for path in patterns)


def test_what_serve_alone_answers_is_as_its_schema_says(
    website: Website, described: dict[str, Any], tmp_path: Path
) -> None:
    judge = schema_in(described, "/api/rest_v1/feed/onthisday/{type}/{MM}/{DD}")
    for day in ("02/25", "3/15", "04/05"):
        judge.validate(read(website, f"/api/rest_v1/feed/onthisday/all/{day}"))
    judge = schema_in(described, "/search/index.json")
    found = SearchCache((str(tmp_path / "search.db"),)).find(website.library, "day7", 20)
    judge.validate(json.loads(website.results("/search/index.json", found).body))
    judge.validate(json.loads(website.refusal("/search/index.json", "day7", "busy").body))
    problem = Draft202012Validator(described["components"]["schemas"]["problem"])
    problem.validate(json.loads(website.fault("/api/rest_v1/x", "GET", 404).body))


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_one_and_is_published(website: Website, name: str) -> None:
    published = read(website, f"/schemas/{name}.json")
    Draft202012Validator.check_schema(published)
    assert published.pop("$id") == f"https://almanac.example/schemas/{name}.json"
    assert published == json.loads(schema_text(name))
