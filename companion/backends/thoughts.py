"""Takes a model's private thinking out of a stream of its text, where the server leaves it in."""

from __future__ import annotations

BEGINS, ENDS = "<think>", "</think>"


class WithoutThoughts:
    """Feed it the pieces of one reply."""

    def __init__(self, begins_thinking: bool = False) -> None:
        """`begins_thinking`: the prompt has begun the thinking already, as some models' templates do."""
        self._thinking = begins_thinking
        self._unopened = begins_thinking
        self._held = ""
        self.stray_end = False
        """Thinking ended that had not been seen to begin: the next reply will begin with it too."""
        self.thought = begins_thinking
        """Whether there was any."""

    def feed(self, piece: str) -> str:
        """What may be said now."""
        self._held += piece
        said = ""
        while True:
            marker = ENDS if self._thinking else BEGINS
            before, found, after = self._held.partition(marker)
            if not self._thinking and ENDS in before:
                before, found, after = self._held.partition(ENDS)
                self.stray_end, before = True, ""
            elif found:
                self._thinking = not self._thinking
                self.thought = True
            if not found:
                break
            said += "" if marker == ENDS else before
            self._held, self._unopened = after, False
        if not self._thinking:
            keep = max(_begun(self._held, BEGINS), _begun(self._held, ENDS))
            said += self._held[: len(self._held) - keep]
            self._held = self._held[len(self._held) - keep :]
        return said

    def finish(self) -> str:
        """What was held back and is no thinking: all of it, if thinking was expected and never ended."""
        held, self._held = self._held, ""
        return "" if self._thinking and not self._unopened else held


def _begun(text: str, marker: str) -> int:
    """How many characters at the end of `text` may be the beginning of `marker`."""
    return next((size for size in range(len(marker) - 1, 0, -1) if text.endswith(marker[:size])), 0)
