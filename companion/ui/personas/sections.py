"""All fields of a persona, in the order in which one thinks of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from companion.core.persona_draft import Values
from companion.core.settings import Settings
from companion.ui.commands import Commands
from companion.ui.personas.fields import ChoiceField, DialField, Field, LineField, TextField
from companion.ui.personas.lists import ExamplesField, GreetingsField, PhrasesField
from companion.ui.personas.voice_field import VoiceField
from companion.ui.settings.page import Block, Card
from companion.ui.settings.services import Services
from companion.ui.settings.words import language_names
from companion.ui.widgets import Heading


class Sections(QObject):
    """Makes the fields, each by its place in the file: "name", "dials.warmth"."""

    def __init__(
        self, commands: Commands, services: Services, settings: Callable[[], Settings], spoken: Callable[[], str]
    ) -> None:
        """`spoken`: what the preview of her voice says."""
        super().__init__()
        self.voice = VoiceField(commands, services, settings, spoken)
        who = {
            "name": LineField(self.tr("Her name"), self.tr("Where it stands in her texts, it is changed there too.")),
            "nicknames": NamesField(self.tr("Other names"), self.tr("What else she answers to, with commas between.")),
            "summary": LineField(self.tr("In one line"), self.tr("Shown where she is chosen; she is not told it.")),
            "character": TextField(
                self.tr("Her character"),
                self.tr("In a few paragraphs, addressed to her: “You are …” She is told all of it."),
                least=5,
            ),
            "manner": TextField(self.tr("Her manner of speech"), self.tr("In a sentence or two."), least=2),
        }
        tastes = {
            "likes": PhrasesField(self.tr("What she likes"), "", self.tr("Add something she likes"), 24),
            "boundaries": PhrasesField(
                self.tr("What she never does"),
                self.tr("Sentences to her, such as “You never lecture”."),
                self.tr("Add something she never does"),
                24,
            ),
        }
        words = {
            "greetings": GreetingsField(
                self.tr("Her first words"),
                self.tr("One of the lines for the occasion is said. Without any, she waits for yours."),
                self.tr("Add first words"),
                24,
                self._occasions(),
            ),
            "examples": ExamplesField(
                self.tr("Examples"),
                self.tr("Small models learn a manner of speech from these first: short ones, and different ones."),
                (self.tr("You"), self.tr("She")),
                self.tr("Add an example"),
                12,
            ),
        }
        sound = {"voice": self.voice, "language": self._language()}
        self._cards: list[tuple[str, dict[str, Field]]] = [
            (self.tr("Who she is"), dict(who)),
            (self.tr("How she speaks"), dict(self._dials())),
            (self.tr("What she likes, and what she never does"), dict(tastes)),
            (self.tr("What she says"), dict(words)),
            (self.tr("How she sounds"), dict(sound)),
        ]
        self.fields: dict[str, Field] = {name: field for _, card in self._cards for name, field in card.items()}

    def values(self) -> Values:
        """What the fields show now, as it would stand in the file."""
        values: Values = {}
        for name, field in self.fields.items():
            whole, _, part = name.partition(".")
            if part:
                values.setdefault(whole, {})[part] = field.value()
            else:
                values[whole] = field.value()
        return values

    @staticmethod
    def part(values: Values, name: str) -> Any:
        """What the field `name` is to show of `values`."""
        whole, _, part = name.partition(".")
        return values[whole][part] if part else values[whole]

    def lay_out(self, column: QVBoxLayout) -> None:
        """Put all fields into `column`, in cards with titles."""
        for title, fields in self._cards:
            heading = Heading(title, small=True)
            heading.setContentsMargins(4, 8, 0, 0)
            column.addWidget(heading)
            card = Card()
            for field in fields.values():
                block: Block = field
                card.add(block)
            column.addWidget(card)
        column.addStretch(1)

    def _dials(self) -> dict[str, DialField]:
        ends = {
            "length": (self.tr("Length"), self.tr("a few words"), self.tr("a whole story")),
            "humour": (self.tr("Humour"), self.tr("earnest"), self.tr("playful")),
            "directness": (self.tr("Directness"), self.tr("hints"), self.tr("blunt")),
            "warmth": (self.tr("Warmth"), self.tr("cool"), self.tr("tender")),
            "formality": (self.tr("Formality"), self.tr("slang"), self.tr("old courtesy")),
            "curiosity": (self.tr("Curiosity"), self.tr("no questions"), self.tr("many questions")),
        }
        return {f"dials.{name}": DialField(name, *words) for name, words in ends.items()}

    def _language(self) -> ChoiceField:
        labels = {"": self.tr("The one you speak")} | language_names()
        return ChoiceField(self.tr("Language"), self.tr("If she always speaks one; her voice must be able to."), labels)

    def _occasions(self) -> dict[str, str]:
        return {
            "any": self.tr("At any time"),
            "first": self.tr("When you have never met"),
            "morning": self.tr("In the morning"),
            "evening": self.tr("In the evening"),
            "night": self.tr("At night"),
            "soon": self.tr("After less than two hours"),
            "long": self.tr("After three days or more"),
        }


class NamesField(LineField):
    """Several names on one line."""

    def value(self) -> list[str]:  # type: ignore[override]
        return [name for each in self.line.text().split(",") if (name := each.strip())]

    def show_value(self, value: Any) -> None:
        if self.value() != value:
            self.line.setText(", ".join(value))
