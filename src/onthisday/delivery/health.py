"""What `/healthz` answers. app/serving.py fills it in."""

from typing import Literal, NotRequired, TypedDict


class Health(TypedDict):
    """The state of the service. Strangers get ``status`` alone."""

    status: Literal["ok", "degraded"]
    day: NotRequired[str]
    ticked: NotRequired[str | None]
    findings: NotRequired[list[str]]
    trouble: NotRequired[str | None]
    heartbeat: NotRequired[str | None]
    hub: NotRequired[str | None]
