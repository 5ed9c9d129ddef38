"""What all pages wear: colours, a logo, a picture in the tab, and the page that is lost."""

import http.client
import re
import struct
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from onthisday.app.publishing import website_at, write_site
from onthisday.app.workspace import Almanac
from onthisday.checks.logo import MOST, logo_fault
from onthisday.cli import main
from onthisday.site.website import Website
from tests.website.fixtures import png, serving, write_almanac
from tests.website.test_website import NOW, html

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30">'
    b'<rect width="90" height="30" fill="#1f4e8a"/></svg>'
)


def dressed(folder: Path, name: str, content: bytes | None, **site: Any) -> Path:
    config = write_almanac(folder, logo=name, **site)
    if content is not None:
        (folder / name).write_bytes(content)
    return config


def checked(config: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what `check` prints. It must find an error."""
    assert main(["--config", str(config), "check"]) == 3
    return capsys.readouterr().out


def site_of(config: Path) -> Website:
    return website_at(Almanac.open(str(config)), NOW)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [("mark.svg", SVG, "image/svg+xml"), ("Our Mark.PNG", png(90, 30), "image/png")],
)
def test_a_logo_stands_at_the_top_of_every_page_with_the_sites_title(
    tmp_path: Path, name: str, content: bytes, kind: str
) -> None:
    website = site_of(dressed(tmp_path, name, content, title="Our town"))
    path = f"/logo.{name[-3:].lower()}"
    assert path in set(website.paths())
    page = website.render(path)
    assert page is not None
    assert (page.body, page.media_type) == (content, kind)
    for each in ("/", "/days/02-25/", "/404.html"):
        found = re.findall(r'<img class="logo" src="([^"]+)" alt="Our town">', html(website, each))
        assert [link.rpartition("/")[2] for link in found] == [path[1:]]
    assert website.render("/logo.webp") is None


BAD = [
    (SVG.replace(b"<rect", b"<script>alert(1)</script><rect"), "it has <script>"),
    (SVG.replace(b"<rect", b'<rect onload="alert(1)"'), "it has onload="),
    (SVG.replace(b"<rect", b'<a href=" java\nscript:alert(1)"/><rect'), "it has href="),
    (SVG.replace(b"<rect", b'<set attributeName="onclick" to="x"/><rect'), "it has attributename="),
    (SVG.replace(b"<rect", b"<foreignObject/><rect"), "it has <foreignobject>"),
    (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "it has entities"),
    (b"<html/>", "it is no SVG"),
    (b"GIF89a", "it is no SVG that can be read"),
    (SVG + b"<!--" + b"x" * MOST + b"-->", "it is larger than 200 KB"),
    (None, "there is no such file beside the config"),
]


@pytest.mark.parametrize(("content", "said"), BAD)
def test_a_logo_that_cannot_be_one_is_found_and_the_title_stands_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, said: str
) -> None:
    config = dressed(tmp_path, "logo.svg", content)
    website = site_of(config)
    assert said in (logo_fault("logo.svg", content) or "")
    assert '<p class="name"><a href="./">On this day</a></p>' in html(website, "/")
    assert website.render("/logo.svg") is None
    assert "/logo.svg" not in set(website.paths())
    assert f"site.logo: logo.svg: {said}" in checked(config, capsys)


def test_a_logo_with_a_doctype_of_a_drawing_program_is_shown() -> None:
    doctype = b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">'
    assert logo_fault("logo.svg", doctype + SVG) is None


def test_a_picture_that_is_another_than_its_name_says_is_no_logo() -> None:
    assert "no picture" in (logo_fault("logo.png", b"<html>") or "")
    assert logo_fault("logo.png", png(3, 3)) is None


@pytest.mark.parametrize("name", ["../logo.svg", "/etc/logo.svg", "logo.txt", "C:/logo.svg"])
def test_a_logo_is_a_picture_beside_the_config(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert "site.logo" in checked(write_almanac(tmp_path, logo=name), capsys)


def test_a_logo_that_is_a_link_out_of_its_folder_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_bytes(SVG)
    config = dressed(tmp_path / "site", "logo.svg", None)
    (tmp_path / "site" / "logo.svg").symlink_to(tmp_path / "secret.svg")
    assert site_of(config).render("/logo.svg") is None


def test_a_logo_gets_a_plate_on_dark_pages_if_it_knows_no_dark_ones(tmp_path: Path) -> None:
    css = site_of(dressed(tmp_path / "a", "logo.svg", SVG)).render("/style.css")
    themed = SVG.replace(b"<rect", b"<style>@media (prefers-color-scheme: dark) {}</style><rect")
    own = site_of(dressed(tmp_path / "b", "logo.svg", themed)).render("/style.css")
    assert css
    assert own
    assert b".logo { padding" in css.body
    assert b".logo { padding" not in own.body


@pytest.mark.program
def test_build_and_serve_give_the_same_logo_icons_and_lost_page(tmp_path: Path) -> None:
    config = dressed(tmp_path, "logo.svg", SVG)
    write_site(Almanac.open(str(config)), str(tmp_path / "out"), NOW, lambda _: None)
    with serving(config) as (home, _):
        port = int(home.rstrip("/").rpartition(":")[2])
        there = ("logo.svg", "favicon.svg", "favicon.ico", "style.css", "404.html")
        for path, status in (*((path, 200) for path in there), ("none/at/all", 404)):
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as asked:
                asked.request("GET", f"/{path}")
                reply = asked.getresponse()
                name = path if status == 200 else "404.html"
                assert reply.status == status
                assert reply.read() == (tmp_path / "out" / name).read_bytes(), path
                assert "default-src 'none'" in reply.headers["content-security-policy"]


def test_a_logo_that_is_replaced_is_live_and_later(tmp_path: Path) -> None:
    config = dressed(tmp_path, "logo.svg", SVG)
    before = Almanac.open(str(config)).beside()
    (tmp_path / "logo.svg").write_bytes(SVG.replace(b"#1f4e8a", b"#000000"))
    assert Almanac.open(str(config)).beside() != before


def test_the_picture_of_the_tab_has_the_accent(tmp_path: Path) -> None:
    config = write_almanac(tmp_path, colours={"accent": "#1f4e8a"})
    website = site_of(config)
    page, icon = website.render("/favicon.svg"), website.render("/favicon.ico")
    assert page
    assert icon
    assert ElementTree.fromstring(page.body).tag.endswith("svg")
    assert b"#1f4e8a" in page.body
    assert (page.media_type, icon.media_type) == ("image/svg+xml", "image/x-icon")
    kind, count, width, height, *_, size, start = struct.unpack("<2xHHBBBBHHII", icon.body[:22])
    assert (kind, count, width, height) == (1, 1, 32, 32)
    assert len(icon.body) == start + size
    assert bytes((0x8A, 0x4E, 0x1F, 255)) in icon.body
    assert "accent: #1f4e8a" in html_of(website, "/style.css")


def html_of(website: Website, path: str) -> str:
    page = website.render(path)
    assert page is not None
    return page.body.decode()


def test_the_lost_page_works_below_any_path(tmp_path: Path) -> None:
    website = site_of(write_almanac(tmp_path, url="https://almanac.example/history/"))
    shown = html(website, "/404.html")
    links = re.findall(r'(?:href|src)="([^"]+)"', shown)
    assert all(link.startswith(("/history/", "https://", "#")) for link in links), links
    assert "There is no such page" in shown
