"""The terminal as a face: captions scroll by, one line is alive, and one may type at any time."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Callable
from contextlib import suppress

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.styles import Style
from prompt_toolkit.utils import get_cwidth

from companion.cli.captions import Captions, Line
from companion.core.events import Event
from companion.core.intents import DoNotDisturb, Intent, Mute, Quit, Say, Stop, Tap, Unmute

STYLE = Style.from_dict(
    {
        "you": "#7aa2c9",
        "her": "#e0a070 bold",
        "trouble": "#d05050 bold",
        "note": "#888888",
        "struck": "#888888 strike",
        "bottom-toolbar": "noreverse",
        "state": "#e0a070 bold",
        "keys": "#888888",
    }
)
KEYS_HELP = "Ctrl-Space talk · Esc stop her · Ctrl-T mute · Ctrl-C quit · or type"
KEYS_HELP_UNHEARD = "Esc stops her · Ctrl-C quits · type to her"
QUIET_MINUTES = 60


class Terminal:
    """Shows events and turns keys and lines into intents."""

    def __init__(self, captions: Captions, ask: Callable[[Intent], None]) -> None:
        self._captions = captions
        self._ask = ask
        self._muted = False
        # Esc alone would wait half a second for the rest of an escape sequence.
        self._prompt: PromptSession[str] = PromptSession(
            message=[("class:you", "You  ")],
            bottom_toolbar=self._toolbar,
            key_bindings=self._keys(),
            style=STYLE,
            erase_when_done=True,
        )
        self._prompt.app.ttimeoutlen = 0.05
        self._prompt.app.timeoutlen = 0.05

    def show(self, event: Event) -> None:
        """Take an event; redraw only if something on the screen changes."""
        before = self._toolbar()
        for line in self._captions.take(event):
            print_line(line)
        if self._toolbar() != before:
            self._prompt.app.invalidate()

    async def run(self) -> None:
        """Read lines until the end of input or Ctrl-C. Cancel it to take the prompt away."""
        with patch_stdout(raw=True), suppress(asyncio.CancelledError):
            while True:
                try:
                    text = await self._prompt.prompt_async(handle_sigint=False)
                except (EOFError, KeyboardInterrupt):
                    self._ask(Quit())
                    return
                if text.strip():
                    print_line(Line("you", "You", text.strip()))
                    self._ask(Say(text))

    def _toolbar(self) -> FormattedText:
        captions = self._captions
        parts: list[tuple[str, str]] = []
        if captions.saying:
            caption = [("class:her", f"{captions.companion_name}  "), ("", captions.saying)]
            parts += [*wrapped(caption, _width()), ("", "\n")]
        if captions.hearing:
            parts += [*wrapped([("class:you", "You  "), ("", f"{captions.hearing} …")], _width()), ("", "\n")]
        parts += [
            ("class:state", f"{captions.state_words()} "),
            ("class:you", f"{captions.meter()}  "),
            ("class:trouble", f"words go to {captions.elsewhere}  " if captions.elsewhere else ""),
            ("class:keys", KEYS_HELP if captions.microphone else KEYS_HELP_UNHEARD),
        ]
        return FormattedText(parts)

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()

        @keys.add("escape", eager=True)
        def _(event: KeyPressEvent) -> None:
            self._ask(Stop())

        # A terminal tells of no key's release, so there is no key to hold.
        @keys.add("c-space")
        def _(event: KeyPressEvent) -> None:
            self._ask(Tap())

        @keys.add("c-n")
        def _(event: KeyPressEvent) -> None:
            self._ask(DoNotDisturb(0 if self._captions.state == "quiet" else QUIET_MINUTES))

        @keys.add("c-t")
        def _(event: KeyPressEvent) -> None:
            if not self._captions.microphone:
                print_line(Line("note", "·", "There is no microphone to mute."))
                return
            self._muted = not self._muted
            self._ask(Mute() if self._muted else Unmute())

        return keys


def print_line(line: Line) -> None:
    """One finished line, in colour, broken between words."""
    parts: list[tuple[str, str]] = [(f"class:{line.kind}", f"{line.who}  "), ("", line.text)]
    if line.struck:
        parts.append(("class:struck", f" [{line.struck}]"))
    if line.note:
        parts.append(("class:note", f"  ({line.note})" if line.kind == "her" else f" {line.note}"))
    print_formatted_text(FormattedText(wrapped(parts, _width())), style=STYLE)


def wrapped(parts: list[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    """`parts` (style, text) with line breaks between words, so that no line is wider than `width` columns.

    A word that is wider than a whole line is left for the terminal to break.
    """
    broken: list[tuple[str, str]] = []
    column = 0
    for style, text in parts:
        pieces = []
        for piece in re.findall(r"\n|[^\S\n]+|\S+", text):
            if piece == "\n" or (piece.strip() and column and column + get_cwidth(piece) > width):
                pieces.append("\n")
                column = 0
            if piece.strip() or (piece != "\n" and column):
                pieces.append(piece)
                column += get_cwidth(piece)
        broken.append((style, "".join(pieces)))
    return broken


def _width() -> int:
    return max(20, shutil.get_terminal_size().columns - 1)


def plain_line(line: Line) -> str:
    """One finished line for a pipe or a log: no colour; what was not heard stands in brackets."""
    struck = f" [not heard: {line.struck}]" if line.struck else ""
    note = f" ({line.note})" if line.note else ""
    return f"{line.who}: {line.text}{struck}{note}"
