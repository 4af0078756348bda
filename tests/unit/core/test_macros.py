"""Placeholders are filled, always alike, and harmless ones and all."""

from __future__ import annotations

import pytest

from companion.core.macros import NOBODY, filled, filled_in_speech


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{char}} and {{ User }}", "Ada and Sam"),
        ("<BOT>, <char>, <User>", "Ada, Ada, Sam"),
        ("{{random:x}}{{pick::y}}", "xy"),
        (r"{{random:a\,b}}", "a,b"),
        ("{{roll:d1}}{{roll 1}}{{roll:3d1}}", "113"),
        ("{{roll:d0}}{{roll:99d99999}}{{roll:}}", ""),
        ("{{reverse:abc}}{{newline}}.", "cba\n."),
        ("a{{// a remark}}b{{comment: x}}{{setvar::a::b}}{{exec: rm}}{{original}}c", "abc"),
        ("{{random:{{char}},{{char}}}}", "Ada"),
        ("{{unclosed", "{{unclosed"),
        ("{" * 50_000, "{" * 50_000),
    ],
)
def test_what_becomes_of_them(text: str, expected: str) -> None:
    assert filled(text, "Ada", "Sam") == expected


def test_chance_is_the_same_every_time_and_differs_between_texts() -> None:
    text = "{{random:1,2,3,4,5,6,7,8}} {{roll:2d20}}"
    assert {filled(text, "Ada", "Sam") for _ in range(20)} == {filled(text, "Ada", "Sam")}
    assert len({filled(f"{text}{more}", "Ada", "Sam") for more in "abcdefgh"}) > 1


def test_without_a_name_the_user_is_described_or_not_addressed() -> None:
    assert filled("{{user}} is late.", "Ada", "") == f"{NOBODY} is late."
    assert filled_in_speech("Hello, {{user}}!", "Ada", "") == "Hello!"
    assert filled_in_speech("Hello, {{user}}!", "Ada", "Sam") == "Hello, Sam!"
