"""Connections through a proxy. Used by pools.py.

An `https://` request goes through a tunnel (CONNECT, RFC 9110, 9.3.6). The certificate is that of
the service. An `http://` request is given to the proxy, which passes it on. The proxy itself may
have a private address.
"""

from typing import Any

from onthisday.adapters.http.hearing import Heard, HearingConnector, heard
from onthisday.adapters.http.judging import Judge
from onthisday.adapters.http.proxies import NoWay


class ProxyConnector(HearingConnector):
    """aiohttp's connections through proxies.

    ``judge`` refuses the services whose addresses are not public; None: none is refused.
    """

    def __init__(self, judge: Judge | None, **options: Any) -> None:
        super().__init__(**options)
        self._judge = judge

    async def _create_proxy_connection(self, req: Any, *rest: Any) -> Any:
        """Judge the service's host, and make the connection. Raise NoWay.

        What the proxy answers to CONNECT is no reply of the service, so it is kept apart.
        """
        token = heard.set(Heard())
        try:
            if self._judge is not None:
                await self._judge.judge(req.url.raw_host or "")
            return await super()._create_proxy_connection(req, *rest)
        except Exception as error:
            raise NoWay from error
        finally:
            heard.reset(token)
