"""A proxy on loopback that cuts a connection in the middle of a statement, when a test says so."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Literal

When = Literal["before", "after"]
"""A connection is cut before the server gets a statement, or after it: then the reply is lost."""


class CuttingProxy:
    """Counts what clients say to a server, and cuts a connection at the n-th thing."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._left: int | None = None
        self._when: When = "before"
        self._serving: set[asyncio.Task[None]] = set()
        self.said = 0
        self.port = 0

    def cut(self, after: int | None, when: When = "before") -> None:
        """Cut the connection over which the n-th further thing is said. None: cut nothing."""
        self._left, self._when, self.said = after, when, 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator["CuttingProxy"]:
        """Run the proxy as long as the block runs."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for task in self._serving:
                task.cancel()
            await asyncio.gather(*self._serving, return_exceptions=True)

    async def _serve(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        server, to_server = await asyncio.open_connection("127.0.0.1", self._port)
        task = asyncio.current_task()
        assert task is not None
        answering = asyncio.create_task(_pass_on(server, to_client))
        self._serving |= {task, answering}
        try:
            with suppress(OSError, asyncio.CancelledError):
                while said := await client.read(65536):
                    self.said += 1
                    if self._is_time():
                        await self._cut(said, to_server, answering, server)
                        break
                    to_server.write(said)
        finally:
            answering.cancel()
            for writer in (to_server, to_client):
                writer.close()
            self._serving -= {task, answering}

    def _is_time(self) -> bool:
        if self._left is None:
            return False
        self._left -= 1
        return self._left == 0

    async def _cut(
        self,
        said: bytes,
        to_server: asyncio.StreamWriter,
        answering: "asyncio.Task[None]",
        server: asyncio.StreamReader,
    ) -> None:
        """Cut the connection. If the statement is to be done first, drop its reply."""
        answering.cancel()
        if self._when == "after":
            with suppress(asyncio.CancelledError):
                await answering
            to_server.write(said)
            await server.read(65536)


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while answer := await reader.read(65536):
            writer.write(answer)
        writer.close()
