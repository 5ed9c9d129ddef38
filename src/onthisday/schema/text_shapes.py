"""Shapes that the config and the channels share: time zones, languages, secret addresses."""

from onthisday.dates.zones import parse_zone
from onthisday.schema.language_tags import parse_language_tag
from onthisday.schema.shapes import Hidden, Parsed
from onthisday.schema.web_addresses import parse_web_address

ZONE = Parsed(lambda name: parse_zone(name).key, "an IANA time zone", rule="zone")

LANGUAGE = Parsed(parse_language_tag, "a BCP 47 language tag, such as en or pt-BR", rule="language")

NO_ADDRESS = "is no web address; write it whole: https://…"
"""The message for a wrong address that is not shown, because it may hold a secret."""

SECRET_ADDRESS = Hidden(Parsed(parse_web_address, "a URL"), NO_ADDRESS)
