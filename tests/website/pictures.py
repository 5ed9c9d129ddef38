"""Make the pictures of the README again: ``python -m tests.website.pictures`` (needs chromium).

``docs/entry.png`` is the page of an entry. ``docs/message.png`` is a message in a chat: the text
that is sent to Telegram, in a plain frame, with its quotation folded. Both are made from the
shipped almanac.
"""

import json
import shutil
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

from onthisday.app.workspace import Almanac
from onthisday.messages.telegram import TELEGRAM
from tests.delivery.channels import channel, message
from tests.website.fixtures import SHIPPED, serving

FLAGS = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"]

FRAME = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 24px; background: #dfe7ee; font: 15px/1.45 "DejaVu Sans", sans-serif }}
p {{ margin: 0 0 10px 52px; font-size: 13px; color: #556 }}
div {{ margin-left: 52px; padding: 14px 18px; background: white; border-radius: 4px 16px 16px 16px;
       white-space: pre-wrap; overflow-wrap: anywhere; box-shadow: 0 1px 2px #0003 }}
i {{ position: absolute; left: 24px; width: 38px; height: 38px; border-radius: 50%;
     background: #8a1f11; color: white; font: bold 18px/38px sans-serif; text-align: center }}
a {{ color: #1a5fb4; text-decoration: none }}
blockquote {{ margin: 6px 0 0; padding: 2px 10px; border-left: 3px solid #8a1f11;
              background: #f7efee; max-height: 5.8em; overflow: hidden }}
</style><i>O</i><p><b>On this day</b> 09:00</p><div>{text}</div>"""


def main() -> None:
    """Make both pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        config = Path(folder) / "config.yaml"
        config.write_text(f"almanac: {json.dumps(str(SHIPPED / 'almanac'))}\n")
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 860, "height": 1000})
        with serving(config) as (address, _):
            page.goto(f"{address}entries/secret-speech/")
            page.screenshot(path=SHIPPED / "docs" / "entry.png")
        page = browser.new_page(viewport={"width": 560, "height": 100})
        page.set_content(FRAME.format(text=_told(Almanac.open(str(config)))))
        page.screenshot(path=SHIPPED / "docs" / "message.png", full_page=True)
        browser.close()


def _told(almanac: Almanac) -> str:
    """Return the text that is sent to Telegram on 25 February 2026, as HTML."""
    told = message()._replace(view=almanac.on(date(2026, 2, 25)))
    request = TELEGRAM.render(told, channel("telegram"), datetime(2026, 2, 25, 9, tzinfo=UTC))
    return str(json.loads(request.body)["text"]).replace("\n<blockquote", "<blockquote")


if __name__ == "__main__":
    main()
