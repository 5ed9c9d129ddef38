"""A hundred questions that strangers might send to do harm."""

_SIGNS = "\"'`;%_*()[]{}<>:^-+~\\|&=,./?!@#$\0\x1b\x7f\u202e\u2028\ufeff\ufffd\U000e0001"

_WORDS = (
    "' OR 1=1 --", '"); DROP TABLE entries; --', "{part0} : x", "part0:stalin", "NEAR(a b, 5)",
    "stalin AND", "OR", "NOT NOT NOT", "AND AND", "stalin*", "^stalin", "* * *", '"*"', "a + b",
    '"' * 200, "(" * 200, "a " * 100, "\"a\" " * 50, "日" * 200, "ก" * 200, "e\u0301" * 100,
    "\u0301" * 200, "\ud800", "\ud83d", "ß" * 200, "ﷺ" * 200, "x" * 100_000, "é" * 100_000,
    "<script>alert(1)</script>", "{{ 7*7 }}", "{% raw %}", "${x}", "%00", "%ff", "../../etc/passwd",
    "<b onmouseover=alert(1)>", "javascript:alert(1)", "a\nSet-Cookie: x", "\r\n\r\n", "\t",
    " " * 200, "null", "undefined", "true", "-1", "1e999", "NaN", "0x41", "¶", "¶ ¶",
    "\ue000\ue001",
    "🏴\U000e0067\U000e0062", "👩‍👩‍👧‍👦", "ı", "İ" * 100, "ſ", "K", "Ω" * 90,
    "\u200b" * 200, "ـ" * 200,
    "s*", "se* sp*", "a b c d e f g h i j k l m n o p q r s t u v w x y z",
)  # fmt: skip


HOSTILE = (*_WORDS, *(sign * 3 for sign in _SIGNS), *(f"stalin{sign}" for sign in _SIGNS))
"""A hundred questions, and more."""
