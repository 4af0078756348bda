"""Lines from pieces."""

from companion.ui.lines import Lines


def test_a_line_is_given_when_it_is_whole() -> None:
    lines = Lines()
    assert lines.feed(b"on") == []
    assert lines.feed(b"e\ntw") == ["one"]
    assert lines.feed(b"o\r\n\nthree") == ["two", ""]
    assert lines.finish() == ["three"]
    assert lines.finish() == []


def test_a_letter_that_comes_in_two_pieces_is_whole() -> None:
    lines = Lines()
    assert lines.feed("ü".encode()[:1]) == []
    assert lines.feed("ü".encode()[1:] + b"\n") == ["ü"]


def test_bytes_that_are_no_text_are_shown_as_such() -> None:
    assert Lines().feed(b"\xff\n") == ["\N{REPLACEMENT CHARACTER}"]
