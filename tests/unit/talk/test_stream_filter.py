"""The filter on a streamed reply: what nobody should hear is gone, however the stream is cut."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.talk.stream_filter import ReplyFilter


def filtered(
    text: str, piece_chars: int = 10**9, own_name: str = "Samantha", user_name: str = "Tom"
) -> tuple[str, bool]:
    reply_filter = ReplyFilter(own_name, user_name)
    parts = [reply_filter.feed(text[i : i + piece_chars]) for i in range(0, len(text), piece_chars)]
    return "".join(parts) + reply_filter.finish(), reply_filter.ended


KEPT = [
    ("Hello there.", "Hello there."),
    ("", ""),
    ("<think>Who is this?</think>Hello.", "Hello."),
    ("<THINK>\nWho?\n</THINK>\n\nHello.", "\n\nHello."),
    ("<thinking>Who?</thinking>Hello.", "Hello."),
    ("</think>Hello.", "Hello."),
    ("<think>it never ends", ""),
    ("One <think>two</think> three.", "One  three."),
    ("Here:\n```python\nprint(1)\n```\nDone.", "Here:\n\nDone."),
    ("Here:\n~~~\nprint(1)\n~~~\nDone.", "Here:\n\nDone."),
    ("Here: ```x = 1``` done.", "Here:  done."),
    ("Here:\n```\nUser: not a turn\n<|im_end|>\n```\nDone.", "Here:\n\nDone."),
    ("Here:\n```\nnever closed", "Here:\n"),
    ("Use `x` and ``y``.", "Use `x` and ``y``."),
    ("2 < 3 and a <b>bold</b> claim", "2 < 3 and a <b>bold</b> claim"),
    ("<thi", "<thi"),
    ("I think <", "I think <"),
    ("The user: that is you.", "The user: that is you."),
    ("User experience matters.", "User experience matters."),
    ("Users: many", "Users: many"),
    ("Assistant: Hello.", " Hello."),
    ("Samantha: Hello.", " Hello."),
    ("**Samantha:** Hello.", " Hello."),
    ("<think>x</think>\nsamantha: Hello.", "\n Hello."),
    ("~~~ stays in a block", ""),
    ("so ~~~ here", "so ~~~ here"),
    ("İstanbul is lovely.", "İstanbul is lovely."),
]


@pytest.mark.parametrize(("text", "kept"), KEPT)
def test_what_is_kept(text: str, kept: str) -> None:
    assert filtered(text) == (kept, False)


ENDED = [
    ("Hello.\nUser: Hi!", "Hello.\n"),
    ("Hello.\n  user: Hi!", "Hello.\n  "),
    ("Hello.\n**User:** Hi!", "Hello.\n"),
    ("Hello.\n### User: Hi!", "Hello.\n"),
    ("Hello.\n### Instruction\nGo", "Hello.\n"),
    ("Hello.\nHuman: Hi!", "Hello.\n"),
    ("Hello.\nTom: Hi!", "Hello.\n"),
    ("Hello.\nAssistant: And", "Hello.\n"),
    ("Hello.\nSamantha: And", "Hello.\n"),
    ("Hello.<|im_end|>\n<|im_start|>user", "Hello."),
    ("Hello.<|eot_id|>", "Hello."),
    ("Hello.</s>more", "Hello."),
    ("Hello.<end_of_turn>more", "Hello."),
    ("Hello.[INST] more", "Hello."),
    ("User: Hi!", ""),
]


@pytest.mark.parametrize(("text", "kept"), ENDED)
def test_where_it_ends(text: str, kept: str) -> None:
    assert filtered(text) == (kept, True)


def test_plain_text_is_not_held_back() -> None:
    reply_filter = ReplyFilter()
    assert [reply_filter.feed(piece) for piece in ["Hel", "lo", " the", "re"]] == ["Hel", "lo", " the", "re"]


def test_what_may_become_a_marker_is_held_back_and_no_more() -> None:
    reply_filter = ReplyFilter()
    assert reply_filter.feed("so <thi") == "so "
    assert reply_filter.feed("s> is") == "<this> is"


def test_after_the_end_nothing_comes() -> None:
    reply_filter = ReplyFilter()
    assert reply_filter.feed("Hi.\nUser: you") == "Hi.\n"
    assert reply_filter.ended
    assert reply_filter.feed("more") == reply_filter.finish() == ""


pieces = st.sampled_from(
    (
        "<think>",
        "</think>",
        "<",
        "<|",
        "|>",
        "```",
        "`",
        "~~~",
        "\n",
        " ",
        "User:",
        "user",
        "Samantha:",
        "Tom:",
        "**",
        "### ",
        "Hello",
        "[INST]",
        "</s>",
        "İ",
        "K",
        "s>",
    )
)


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.text(max_size=80), st.lists(pieces, max_size=30).map("".join)), piece_chars=st.integers(1, 9))
def test_the_pieces_do_not_matter(text: str, piece_chars: int) -> None:
    assert filtered(text, piece_chars) == filtered(text)
