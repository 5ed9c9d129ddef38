"""Which texts are language tags: the examples of RFC 5646, and mistakes that people make."""

import pytest

from onthisday.schema.language_tags import parse_language_tag


@pytest.mark.parametrize(
    "tag",
    ["en", "de", "pt-BR", "zh-Hant-TW", "es-419", "de-1996", "sl-rozaj-biske", "en-a-bbb-x-a-ccc",
     "gsw", "x-klingon", "x-fr-CH", "EN-gb", "sgn-BE-FR", "i-klingon", "zh-min-nan", "en-GB-oed",
     "zh-cmn-Hans-CN", "hy-Latn-IT-arevela", "de-CH-x-phonebk", "az-Arab-x-AZE-derbend",
     "en-u-islamcal", "zh-CN-a-myext-x-private", "art-lojban"],
)  # fmt: skip
def test_a_tag_that_is_well_formed_stays_as_it_is(tag: str) -> None:
    assert parse_language_tag(tag) == tag


MENDS = {
    "english": "en", "German": "de", "en_GB": "en-GB", "zh_Hant_TW": "zh-Hant-TW",
    **dict.fromkeys(
        ("e", "en-", "deutsch oder so", "en-GB-GB", "English please", "x", "x-", "en-x",
         "i-nothing", "a-DE", "en\n", "ſk", "en-١٢٣"),
        "a code such as en or pt-BR",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "mend"), MENDS.items())
def test_what_is_no_language_tag_is_told_with_what_to_write(text: str, mend: str) -> None:
    with pytest.raises(ValueError, match="is no BCP 47 language") as told:
        parse_language_tag(text)
    assert str(told.value).endswith(f"; write {mend}")
