"""One tree of errors. Each carries what happened and what to do about it, both in plain words."""

from __future__ import annotations


class CompanionError(Exception):
    """A failure that a person sees.

    `message` says what happened in one sentence; `hint` says the remedy, and may name a command.
    `exit_code` is what a command ends with when this error ends it.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(CompanionError):
    """What was asked for cannot be done as asked: a wrong option, a file that is not there."""

    exit_code = 2


class SettingsError(CompanionError):
    """The settings or a persona file cannot be read; the file is left as it is."""

    exit_code = 3


class CardError(SettingsError):
    """A character card is damaged, too large, or none at all."""


class ModelError(CompanionError):
    """A model is missing, damaged or of another kind."""

    exit_code = 4


class DamagedModelError(ModelError):
    """A model is there, but not whole: nothing else is quietly taken instead."""


class EngineError(CompanionError):
    """An engine (speech to text, language model, voice) refused, died, or took too long."""

    exit_code = 5


class DeviceError(CompanionError):
    """A microphone or speaker is missing, or has gone."""

    exit_code = 6


class AudioFileError(CompanionError):
    """A sound file is not one, or is damaged, or of a kind that cannot be read."""

    exit_code = 7


class NoDesktopError(CompanionError):
    """There can be no window here; the conversation can be held in the terminal."""
