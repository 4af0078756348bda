"""What a language model writes, without what nobody should hear: private thinking, code, and other people's lines."""

from __future__ import annotations

from typing import Literal

_THINK_TAGS = ("think", "thinking", "thought", "reasoning")
_TURN_TOKENS = ("<|", "</s>", "<eos>", "<end_of_turn>", "<start_of_turn>", "[inst]", "[/inst]")
"""Ends of turns as chat templates write them; "<|" begins <|im_end|>, <|eot_id|>, <|endoftext|> and their like."""
_OWN_LABELS = ("assistant",)
_OTHER_LABELS = ("user", "you", "human", "system")
_LABEL_FORMS = ("{}:", "**{}:**", "**{}**:", "# {}:", "## {}:", "### {}:")
_FENCES = ("```", "~~~")

_Action = Literal["think", "fence", "drop", "label", "end"]


class ReplyFilter:
    """Drops <think>...</think> and fenced code from a reply, and ends it where the model speaks for others.

    At the start of a line "User:", "Human:", "System:", or `user_name` before a colon ends the reply,
    and so do "Assistant:" and `own_name`, but for the very start of the reply, where they are dropped.
    A block that is never closed is dropped to the end. The output does not depend on how the text is
    cut into pieces.
    """

    def __init__(self, own_name: str = "", user_name: str = "") -> None:
        self._markers: dict[str, _Action] = {
            **{f"<{tag}>": "think" for tag in _THINK_TAGS},
            **{f"</{tag}>": "drop" for tag in _THINK_TAGS},
            **dict.fromkeys(_TURN_TOKENS, "end"),
            "```": "fence",
        }
        own = [*_OWN_LABELS, *filter(None, [own_name.strip().lower()])]
        other = [*_OTHER_LABELS, *filter(None, [user_name.strip().lower()])]
        self._line_markers: dict[str, _Action] = {
            "~~~": "fence",
            "### instruction": "end",
            "### response": "end",
            **{form.format(name): "label" for form in _LABEL_FORMS for name in own},
            **{form.format(name): "end" for form in _LABEL_FORMS for name in other},
        }
        self._held = ""
        """A marker perhaps, still incomplete; or, inside a block, the last characters of it."""
        self._closers: tuple[str, ...] = ()
        """What ends the block that is being dropped; empty outside of one."""
        self._line_start = True
        self._nothing_yet = True
        self._ended = False

    @property
    def ended(self) -> bool:
        """True once the model has gone on to another turn: nothing of what follows is hers."""
        return self._ended

    def feed(self, piece: str) -> str:
        """The part of the reply that is certain after `piece`."""
        return "".join(self._take(char) for char in piece)

    def finish(self) -> str:
        """What was held back and turned out to be plain text."""
        rest = "" if self._closers or self._ended else self._held
        self._held = ""
        return rest

    def _take(self, char: str) -> str:
        if self._ended:
            return ""
        self._held += char
        if self._closers:
            self._skip_block()
            return ""
        return self._release()

    def _skip_block(self) -> None:
        longest = max(map(len, self._closers))
        self._held = self._held[-longest:]
        if self._held.lower().endswith(self._closers):
            self._held, self._closers = "", ()

    def _release(self) -> str:
        """Act on a marker that is complete, and let go of what cannot become one."""
        released = ""
        while self._held:
            markers = self._markers | self._line_markers if self._line_start else self._markers
            seen = self._held.lower()
            if seen in markers:
                self._act(markers[seen])
                self._held = ""
            elif any(marker.startswith(seen) for marker in markers):
                break
            else:
                released += self._let_go()
        return released

    def _act(self, action: _Action) -> None:
        if action == "think":
            self._closers = tuple(f"</{tag}>" for tag in _THINK_TAGS)
        elif action == "fence":
            self._closers = (self._held,)
        elif action == "end" or (action == "label" and not self._nothing_yet):
            self._ended = True

    def _let_go(self) -> str:
        char, self._held = self._held[0], self._held[1:]
        if char in "\n\r":
            self._line_start = True
        elif not char.isspace():
            self._line_start = self._nothing_yet = False
        return char
