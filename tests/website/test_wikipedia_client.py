"""A published client of Wikipedia's API, unchanged, reads an almanac: the npm package `wikipedia`.

It only knows `https://en.wikipedia.org`. So a proxy on loopback leads this name to a web server
with a certificate of the test's own, which passes requests on to `serve`. `.ci/run` installs the
package.
"""

import json
import os
import shutil
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.delivery.proxies import running_proxy
from tests.website.fixtures import SHIPPED, entry_of, serving, write_almanac

PACKAGES = SHIPPED / "var" / "npm" / "node_modules"

NODE, OPENSSL = shutil.which("node"), shutil.which("openssl")

pytestmark = [
    pytest.mark.program,
    pytest.mark.skipif(
        not (NODE and OPENSSL and (PACKAGES / "wikipedia").is_dir()),
        reason="needs node, openssl and the npm package `wikipedia` (.ci/run installs them)",
    ),
]

SCRIPT = """
const wiki = require("wikipedia").default;
const asked = [{month: "3", day: "15"}, {type: "deaths", month: "03", day: "15"}];
(async () => {
  const found = [];
  for (const each of asked) found.push(await wiki.onThisDay(each));
  const refused = await wiki.onThisDay({month: "02", day: "30"}).catch((error) => error.message);
  console.log(JSON.stringify({found, refused}));
})();
"""

ENTRIES = [
    entry_of("caesar", "-0043-03-15", kind="death", featured=True),
    entry_of("tsar", "1917-03-15", place="Pskov"),
]


class _PassesOn(BaseHTTPRequestHandler):
    """Passes a request on to `serve`, and its answer back."""

    home = ""

    def do_GET(self) -> None:
        try:
            with urllib.request.urlopen(f"{self.home}{self.path[1:]}", timeout=10) as reply:
                self._answer(reply.status, reply.headers["content-type"], reply.read())
        except urllib.error.HTTPError as error:
            self._answer(error.code, error.headers["content-type"], error.read())

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Print nothing."""


@contextmanager
def with_certificate(home: str, certificate: Path) -> Iterator[int]:
    """Run a web server with TLS before `serve`. Yield its port."""
    passes_on = type("PassesOn", (_PassesOn,), {"home": home})
    server = ThreadingHTTPServer(("127.0.0.1", 0), passes_on)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def certificate(folder: Path) -> Path:
    """Make a certificate for en.wikipedia.org, with its key in the same file."""
    path, name = folder / "wikipedia.pem", "en.wikipedia.org"
    subprocess.run(
        [OPENSSL or "", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}",
         "-keyout", str(folder / "key.pem"), "-out", str(path)],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    path.write_text((folder / "key.pem").read_text() + path.read_text())
    return path


def test_the_npm_package_wikipedia_reads_a_day_of_the_almanac(tmp_path: Path) -> None:
    pem = certificate(tmp_path)
    with (
        serving(write_almanac(tmp_path, ENTRIES)) as (home, _),
        with_certificate(home, pem) as port,
        running_proxy() as proxy,
    ):
        proxy.knows["en.wikipedia.org"] = port
        environ = {**os.environ, "HTTPS_PROXY": proxy.url, "NODE_EXTRA_CA_CERTS": str(pem),
                   "NODE_PATH": str(PACKAGES)}  # fmt: skip
        told = subprocess.run(
            [NODE or "", "-e", SCRIPT], env=environ, check=True, capture_output=True, timeout=60
        )
        assert proxy.targets()[0] == "en.wikipedia.org:443"
    (whole, deaths), refused = json.loads(told.stdout).values()
    assert list(whole) == ["selected", "births", "deaths", "events", "holidays"]
    (tsar,) = whole["events"]
    assert (tsar["year"], tsar["text"]) == (1917, "What tsar was")
    url = tsar["pages"][0]["content_urls"]["desktop"]["page"]
    assert url == "https://almanac.example/entries/tsar/"
    assert [each["year"] for each in deaths["deaths"]] == [-44]
    assert "404" in refused
