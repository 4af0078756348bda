"""Echo or not: what a transcriber makes of her own voice, and what people say over it."""

from __future__ import annotations

import pytest

from companion.talk.echo_text import is_echo

WALK = "I went for a walk in the park this morning. The sun was out, and the birds were singing in the old trees."
YES = "Yes, I would love to hear about it."
NUMBERS = "There are 25 of them in Dr. Smith's garden."
QUESTION = "Would you like tea or coffee?"

ECHOES = [
    ("I went for a walk in the park", WALK),
    ("in the park this morning", WALK),
    ("The sun was out and the birds", WALK),
    ("the birds where singing in the old trees", WALK),
    ("The sun's out and the birds were singing in the old trees.", WALK),
    ("and the bird were sinning in the old trees", WALK),
    ("walk in park this morning", WALK),
    ("went for a walk in the dark this morning", WALK),
    ("this morning", WALK),
    ("trees", WALK),
    ("There are twenty-five of them", NUMBERS),
    ("in doctor Smith's garden", NUMBERS),
    ("yes", YES),
    ("Yes, I would", YES),
    ("tea or coffee", QUESTION),
]

SPEECH = [
    ("", WALK),
    ("...", WALK),
    ("yes", WALK),
    ("no", WALK),
    ("Yes.", "Yesterday I was there."),
    ("really", WALK),
    ("the park", "A park is nice, and the trees are old."),
    ("the morning", WALK),
    ("park the in walk a for went I", WALK),
    ("Which park did you walk in?", WALK),
    ("I want to go to the park too", WALK),
    ("Was it a nice walk?", WALK),
    ("What kind of birds were they?", WALK),
    ("the birds in the sky are out of sight", WALK),
    ("What should I cook for dinner tonight?", WALK),
    ("in the old trees, wait", WALK),
    ("the birds were singing in the old trees hold on", WALK),
    ("singing in the old trees please stop talking now", WALK),
    ("Stop", "I will never stop loving the sea."),
    ("Hold on.", "Hold on, let me think."),
    ("wait", "Wait until you hear this."),
    ("tea please", QUESTION),
    ("I would like coffee please", QUESTION),
    ("I like that very much", YES),
    ("Tell me about it", YES),
    ("yes", ""),
    ("I went for a walk in the park", ""),
]


@pytest.mark.parametrize(("heard", "said"), ECHOES)
def test_an_echo(heard: str, said: str) -> None:
    assert is_echo(heard, said)


@pytest.mark.parametrize(("heard", "said"), SPEECH)
def test_somebody_speaks(heard: str, said: str) -> None:
    assert not is_echo(heard, said)


@pytest.mark.parametrize("start", range(0, 15, 3))
def test_every_stretch_of_what_she_says_is_an_echo(start: int) -> None:
    words = WALK.split()
    assert is_echo(" ".join(words[start : start + 6]), WALK)
