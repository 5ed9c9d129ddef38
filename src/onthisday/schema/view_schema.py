"""The JSON Schema of an occasion: `today --format json`, the pages' JSON, the signed webhook.

It is made from the values of views/view.py and from the keys that views/as_json.py writes.
"""

from typing import Any

from onthisday.schema.type_schema import lists, schema_of
from onthisday.views.undated import UndatedView
from onthisday.views.view import DayView
from onthisday.views.yearless import YearlessView

OCCASIONS: dict[str, Any] = {
    "oneOf": [
        schema_of(DayView | YearlessView),
        lists(days=DayView),
        lists(days=DayView, undated=UndatedView),
    ]
}
"""The schema of one day, or of several under ``days``, also with what is dated to no day."""
