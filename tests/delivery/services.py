"""Test servers of chat services, on loopback. Each accepts, counts, refuses and answers like the
real one.

They use none of the program's code to measure a message. So they find mistakes of that code. The
sources are docs/services.md and the documentation of each service.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler
from typing import Any, NamedTuple
from urllib.parse import unquote

from tests.delivery.sink import Answer, Received, Sink

TOKEN = "123456:s3cret-t0ken"
ROOM = "!room:example.org"


def json_answer(tree: Any, status: int = 200, **headers: str) -> Answer:
    names = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(status, names, json.dumps(tree).encode())


class Service(Sink):
    """A server that also keeps the HTTP method of each request."""

    method = ""

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        base: Any = super()._handler()
        sink = self

        class Handler(base):  # type: ignore[misc]
            def do_POST(self) -> None:  # noqa: N802 - as the library calls it
                sink.method = "POST"
                base.do_POST(self)

            def do_PUT(self) -> None:  # noqa: N802 - as the library calls it
                sink.method = "PUT"
                base.do_POST(self)

        return Handler


@contextmanager
def serving(answer: Callable[[Received], Answer | None]) -> Iterator[Service]:
    """Run a service while the block runs."""
    service = Service()
    service.answer = answer
    service.start()
    try:
        yield service
    finally:
        service.stop()


class Markup(NamedTuple):
    """What an HTML text shows: its words, its tags and its links."""

    text: str
    tags: list[str]
    links: list[str]


def html(text: str) -> Markup:
    """Read HTML as strictly as a chat service: a lone `<` or a tag that stays open is an error."""
    found, open_tags = Markup("", [], []), []
    shown: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.tags.append(tag)
            found.links.extend(value or "" for name, value in attrs if name == "href")
            if tag != "br":
                open_tags.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert tag == "br" or open_tags.pop() == tag, f"</{tag}> closes nothing"

        def handle_data(self, data: str) -> None:
            shown.append(data)

        def handle_comment(self, data: str) -> None:
            raise AssertionError("a comment")

        def unknown_decl(self, data: str) -> None:
            raise AssertionError("a declaration")

    reader = Reader()
    reader.feed(text)
    reader.close()
    assert not open_tags, "a tag is open"
    return found._replace(text="".join(shown))


class Teams:
    """A Teams flow that posts a card. ``state`` says whether the flow is on, off or deleted."""

    state = "Enabled"

    def __init__(self) -> None:
        self.cards: list[Any] = []

    def __call__(self, received: Received) -> Answer:
        if self.state != "Enabled":
            message = f"Could not execute workflow with trigger 'manual' with state '{self.state}'."
            return _teams_error(400, "WorkflowTriggerIsNotEnabled", message)
        if len(received.body) > 28 * 1024:
            return _teams_error(413, "RequestEntityTooLarge", "too large")
        (attachment,) = json.loads(received.body)["attachments"]
        assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
        assert attachment["content"]["version"] == "1.4"
        self.cards.append(attachment["content"])
        return Answer(202, (), b"")


def _teams_error(status: int, code: str, message: str) -> Answer:
    return json_answer({"error": {"code": code, "message": message}}, status)


class Mattermost:
    """Mattermost's incoming webhook."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, received: Received) -> Answer:
        text = json.loads(received.body)["text"]
        if received.path != "/hooks/abcdefgh":
            return mattermost_error("invalid", "Invalid webhook", 400)
        if len(text) > 16_383:
            return mattermost_error("text.length", "Text too long", 400)
        self.texts.append(text)
        return Answer(200, (), b"ok")


def mattermost_error(name: str, message: str, status: int) -> Answer:
    tree = {"id": f"web.incoming_webhook.{name}.app_error", "message": message}
    return json_answer({**tree, "detailed_error": "", "status_code": status}, status)


class Matrix:
    """A Matrix server with one room. It keeps one event for each transaction id.

    It knows a transaction id also after its event was redacted.
    """

    def __init__(self) -> None:
        self.events: dict[str, Any] = {}
        self.media: list[Uploaded] = []
        self.redacted: set[str] = set()

    def __call__(self, received: Received) -> Answer:
        room = "/_matrix/client/v3/rooms/!room:example.org/"
        begin = f"{room}send/m.room.message/"
        if received.headers.get("authorization") != f"Bearer {TOKEN}":
            return matrix_error(401, "M_UNKNOWN_TOKEN", "Invalid access token passed.")
        path = unquote(received.path)
        if path.startswith("/_matrix/media/v3/upload?filename="):
            self.media.append(Uploaded(received.headers["content-type"], received.body))
            return json_answer({"content_uri": f"mxc://example.org/{len(self.media)}"})
        if path.startswith(f"{room}redact/"):
            return self._redacted(path)
        if not path.startswith(begin):
            return matrix_error(403, "M_FORBIDDEN", "User @bot not in room")
        return self._posted(received, path.removeprefix(begin))

    def _posted(self, received: Received, transaction: str) -> Answer:
        if len(received.body) > 65_536 - 4_000:
            return matrix_error(413, "M_TOO_LARGE", "event too large")
        if transaction not in self.redacted:
            self.events.setdefault(transaction, json.loads(received.body))
        return json_answer({"event_id": f"${transaction}"})

    def _redacted(self, path: str) -> Answer:
        event, mark = path.split("/")[-2:]
        transaction = event.removeprefix("$")
        assert len(mark) == 32
        if transaction not in {*self.events, *self.redacted}:
            return matrix_error(404, "M_NOT_FOUND", "Event not found")
        self.events.pop(transaction, None)
        self.redacted.add(transaction)
        return json_answer({"event_id": f"${mark}"})


def matrix_error(status: int, code: str, error: str, **more: Any) -> Answer:
    return json_answer({"errcode": code, "error": error, **more}, status)


class Telegram:
    """Telegram's Bot API. ``too_old``: its messages are older than 48 hours."""

    too_old = False

    def __init__(self) -> None:
        self.texts: list[Markup] = []
        self.shown: dict[int, Markup] = {}

    def __call__(self, received: Received) -> Answer:
        tree = json.loads(received.body)
        if received.path == f"/bot{TOKEN}/deleteMessage":
            return self._deleted(tree)
        if received.path != f"/bot{TOKEN}/sendMessage":
            return telegram_error(404, "Not Found")
        if tree["chat_id"] != "-100123":
            return telegram_error(400, "Bad Request: chat not found")
        return self._posted(tree)

    def _posted(self, tree: Any) -> Answer:
        assert tree["parse_mode"] == "HTML"
        if len(tree["text"].encode()) > 1 << 15:
            return telegram_error(400, "Bad Request: text is too long")
        if re.search("&(?!lt;|gt;|amp;|quot;)", tree["text"]):
            return telegram_error(400, "Bad Request: can't parse entities")
        text = html(tree["text"])
        if len(text.text.encode("utf-16-le")) // 2 > 4096 or not text.text.strip():
            return telegram_error(400, "Bad Request: message is too long")
        self.texts.append(text)
        self.shown[len(self.texts)] = text
        return json_answer({"ok": True, "result": {"message_id": len(self.texts)}})

    def _deleted(self, tree: Any) -> Answer:
        if tree["chat_id"] != "-100123" or tree["message_id"] not in self.shown:
            return telegram_error(400, "Bad Request: message to delete not found")
        if self.too_old:
            return telegram_error(400, "Bad Request: message can't be deleted for everyone")
        del self.shown[tree["message_id"]]
        return json_answer({"ok": True, "result": True})


def telegram_error(code: int, description: str, **parameters: Any) -> Answer:
    tree = {"ok": False, "error_code": code, "description": description}
    return json_answer({**tree, "parameters": parameters} if parameters else tree, code)


class Ntfy:
    """An ntfy server. Its topic needs a login. It shows one message for each sequence id.

    ``old``: its version is before 2.16.
    """

    def __init__(self, login: str | None = None, *, old: bool = False) -> None:
        self.login, self.shown, self.old = login, dict[str, Any](), old

    def __call__(self, received: Received) -> Answer:
        deleting = received.method == "DELETE" and not self.old
        if received.path != "/" and not deleting:
            return json_answer({"code": 40401, "http": 404, "error": "page not found"}, 404)
        if received.headers.get("authorization") != self.login:
            return json_answer({"code": 40301, "http": 403, "error": "forbidden"}, 403)
        if deleting:
            return self._deleted(*received.path.split("/")[1:])
        tree = json.loads(received.body)
        sequence = tree["sequence_id"]
        sizes = len(tree["message"].encode()), len(tree["title"].encode())
        good = re.fullmatch("[-_A-Za-z0-9]{1,64}", sequence) and sizes <= (4096, 1024)
        if not good or not re.fullmatch("[-_A-Za-z0-9]{1,64}", tree["topic"]):
            return json_answer({"code": 40001, "http": 400, "error": "invalid request"}, 400)
        self.shown[sequence] = tree
        answer = {"id": "x", "event": "message"}
        return json_answer(answer if self.old else answer | {"sequence_id": sequence})

    def _deleted(self, topic: str, sequence: str) -> Answer:
        if sequence in self.shown and self.shown[sequence]["topic"] == topic:
            del self.shown[sequence]
        return json_answer({"id": "y", "event": "message_delete", "sequence_id": sequence})


class Mastodon:
    """A Mastodon server. It keeps one status for each idempotency key.

    - ``most``, ``told``: the characters of a status, and what it tells of its limits.
    - ``works``: how often it says that it still works on a picture.
    """

    def __init__(self, most: int = 500, told: Any = None, works: int = 0) -> None:
        self.most, self.told, self.works = most, told, works
        self.statuses: dict[str, str] = {}
        self.keys: dict[str, str] = {}
        self.media: dict[str, Uploaded] = {}
        self.shown: dict[str, list[str]] = {}

    def __call__(self, received: Received) -> Answer:
        if received.path == "/api/v2/instance":
            return json_answer({"configuration": self.told} if self.told is not None else {})
        if received.headers.get("authorization") != f"Bearer {TOKEN}":
            return json_answer({"error": "The access token is invalid"}, 401)
        if received.path == "/api/v2/media":
            return self._uploaded(received)
        if received.path.startswith("/api/v1/media/"):
            return self._working(received.path.rpartition("/")[2])
        if received.method == "DELETE":
            return self._deleted(received.path.removeprefix("/api/v1/statuses/"))
        assert received.path == "/api/v1/statuses"
        return self._posted(json.loads(received.body), received.headers["idempotency-key"])

    def _posted(self, tree: Any, key: str) -> Answer:
        if mastodon_length(tree["status"]) > self.most:
            error = f"Validation failed: Text character limit of {self.most} exceeded"
            return json_answer({"error": error}, 422)
        shown = tree.get("media_ids", [])
        if self.works or not set(shown) <= set(self.media):
            return json_answer({"error": "Cannot attach files that are not processed"}, 422)
        found = next((each for each, known in self.keys.items() if known == key), None)
        if found and key not in self.statuses:
            return json_answer({"error": "Record not found"}, 404)
        self.statuses.setdefault(key, tree["status"])
        self.shown.setdefault(key, shown)
        self.keys.setdefault(found or str(len(self.keys) + 1), key)
        return json_answer({"id": found or str(len(self.keys)), "content": tree["status"]})

    def _deleted(self, status: str) -> Answer:
        """Delete a status. Its idempotency key is known for an hour more."""
        if self.keys.get(status) not in self.statuses:
            return json_answer({"error": "Record not found"}, 404)
        return json_answer({"id": status, "text": self.statuses.pop(self.keys[status])})

    def _uploaded(self, received: Received) -> Answer:
        kind = received.headers["content-type"]
        form = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + received.body)
        parts = {part.get_param("name", header="content-disposition"): part for part in form.walk()}
        file, words = parts["file"], parts.get("description")
        assert file.get_filename()
        said = words.get_payload(decode=True).decode() if words else None  # type: ignore[union-attr]
        content: Any = file.get_payload(decode=True)
        if not content.startswith(b"\x89PNG"):
            return json_answer({"error": "Validation failed: File content type is invalid"}, 422)
        found = str(len(self.media) + 1)
        self.media[found] = Uploaded(file.get_content_type(), content, said)
        return self._working(found, first=True)

    def _working(self, found: str, *, first: bool = False) -> Answer:
        if self.works:
            self.works -= not first
            return json_answer({"id": found, "url": None}, 202 if first else 206)
        return json_answer({"id": found, "url": "https://files.example/1.png"})


class Uploaded(NamedTuple):
    """A picture that a service was given."""

    media_type: str
    content: bytes
    words: str | None = None


_LINK = re.compile(r"https?://[a-z0-9.-]+\.(?:[a-z]{2}|com|org|net)(?::\d+)?[^\s\u200b]*")


def mastodon_length(status: str) -> int:
    """Return the length of a status. A link to a host of a known kind counts as 23 characters."""
    return len(_LINK.sub("x" * 23, status))


class Bluesky:
    """A Bluesky server (PDS) with one account. It keeps one record for each key."""

    session = "eyJ.session.t0ken"

    def __init__(self) -> None:
        self.records: dict[str, Any] = {}
        self.blobs: list[Uploaded] = []

    def __call__(self, received: Received) -> Answer:
        if received.path == "/xrpc/com.atproto.repo.uploadBlob":
            return self._uploaded(received)
        tree = json.loads(received.body)
        if received.path == "/xrpc/com.atproto.server.createSession":
            if tree != {"identifier": "me.bsky.social", "password": TOKEN}:
                return bluesky_error(
                    401, "AuthenticationRequired", "Invalid identifier or password"
                )
            return json_answer({"accessJwt": self.session, "did": "did:plc:me"})
        if received.headers.get("authorization") != f"Bearer {self.session}":
            return bluesky_error(401, "AuthMissing", "Authentication Required")
        if received.path == "/xrpc/com.atproto.repo.deleteRecord":
            return self._deleted(tree)
        assert received.path == "/xrpc/com.atproto.repo.putRecord"
        return self._posted(tree)

    def _posted(self, tree: Any) -> Answer:
        assert (tree["repo"], tree["collection"]) == ("me.bsky.social", "app.bsky.feed.post")
        wrong = _wrong_record(tree["rkey"], tree["record"], len(self.blobs))
        if wrong:
            return bluesky_error(400, "InvalidRequest", wrong)
        self.records[tree["rkey"]] = tree["record"]
        return json_answer({"uri": f"at://did:plc:me/app.bsky.feed.post/{tree['rkey']}"})

    def _deleted(self, tree: Any) -> Answer:
        if tree["repo"] != "did:plc:me":
            return bluesky_error(401, "AuthenticationRequired", "Authentication Required")
        assert tree["collection"] == "app.bsky.feed.post"
        found = self.records.pop(tree["rkey"], None)
        return json_answer({"commit": {"cid": "bafy", "rev": "3k"}} if found else {})

    def _uploaded(self, received: Received) -> Answer:
        if received.headers.get("authorization") != f"Bearer {self.session}":
            return bluesky_error(401, "AuthMissing", "Authentication Required")
        kind, content = received.headers["content-type"], received.body
        if len(content) > 1_000_000:
            return bluesky_error(400, "BlobTooLarge", "This file is too large")
        self.blobs.append(Uploaded(kind, content))
        ref = {"$link": str(len(self.blobs))}
        blob = {"$type": "blob", "ref": ref, "mimeType": kind, "size": len(content)}
        return json_answer({"blob": blob})


def _wrong_record(key: str, record: Any, blobs: int = 0) -> str | None:
    """Return what is wrong with a post, by the rules of the lexicon app.bsky.feed.post."""
    text = record["text"].encode()
    if re.fullmatch("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}", key) is None:
        return "Invalid record key"
    if len(text) > 3000 or _graphemes(record["text"]) > 300:
        return (
            "Invalid app.bsky.feed.post record: Record/text must not be longer than 300 graphemes"
        )
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", record["createdAt"]) is None:
        return "Record/createdAt must be an valid atproto datetime"
    thumb = record.get("embed", {}).get("external", {}).get("thumb")
    if thumb and int(thumb["ref"]["$link"]) > blobs:
        return "Could not find blob"
    end = 0
    for facet in record["facets"]:
        index = facet["index"]
        if not end <= index["byteStart"] < index["byteEnd"] <= len(text):
            return "Record/facets overlap"
        end = index["byteEnd"]
    return None


def _graphemes(text: str) -> int:
    return sum(unicodedata.category(char) not in {"Mn", "Me"} for char in text)


def bluesky_error(status: int, error: str, message: str) -> Answer:
    return json_answer({"error": error, "message": message}, status)
