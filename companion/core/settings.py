"""One tree of settings. Each field has a type, a range, a unit where it has one, and a sentence of help."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from companion.core.errors import SettingsError

WayToTalk = Literal["open", "push-to-talk", "tap-to-talk", "by-name"]
"""open: everything is for her; push-to-talk: while a key is down; tap-to-talk: one turn after a key;
by-name: when she is called, and shortly after her replies."""

EchoMode = Literal["auto", "cancel", "headphones", "half-duplex"]
"""What to do about her own voice in the microphone."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Hearing(_Section):
    """How she hears you."""

    microphone: str = Field("", description="Microphone to use; empty follows the system's default.")
    transcriber: str = Field(
        "auto", description="Speech-to-text model: auto, a name from `companion models`, or a folder."
    )
    language: str = Field(
        "auto",
        pattern="^(auto|[a-z]{2})$",
        json_schema_extra={"allowed": "auto or a two-letter code such as en"},
        description="Language you speak, as a two-letter code; auto detects it.",
    )
    device: Literal["auto", "cpu", "cuda"] = Field("auto", description="Where speech to text runs.")
    threads: int = Field(2, ge=1, le=64, description="Processor threads for speech to text.")
    context_s: float = Field(
        10.0, ge=5.0, le=30.0, description="Seconds of audio that the transcriber looks at for a short turn."
    )
    speech_threshold: float = Field(
        0.5, ge=0.05, le=0.95, description="Probability above which a sound counts as speech."
    )
    echo: EchoMode = Field(
        "auto",
        description="Her own voice in the microphone: auto takes it out where it comes back, cancel always does,"
        " headphones never, and with half-duplex she does not listen while she speaks.",
    )


class TurnTaking(_Section):
    """How she takes and gives the floor."""

    turn_detector: Literal["auto", "smart-turn", "silence"] = Field(
        "auto", description="What decides that you have finished; auto takes Smart Turn if its weights are there."
    )
    pause_s: float = Field(
        0.2, ge=0.1, le=1.0, description="Seconds of silence after which she asks if your voice sounds finished."
    )
    complete_probability: float = Field(
        0.5,
        ge=0.05,
        le=0.99,
        description="Probability of a finished turn from which you sound finished to her.",
    )
    min_silence_s: float = Field(
        0.28, ge=0.1, le=2.0, description="Seconds of silence after which she answers when you have clearly finished."
    )
    silence_s: float = Field(
        0.5, ge=0.2, le=5.0, description="Seconds of silence after which she answers when it is not clear."
    )
    max_silence_s: float = Field(
        2.5, ge=0.3, le=10.0, description="Seconds of silence after which she answers even if you seem to go on."
    )
    max_turn_s: float = Field(60.0, ge=5.0, le=600.0, description="Seconds after which a turn is taken as it is.")
    barge_in_s: float = Field(
        0.128, ge=0.06, le=1.0, description="Seconds of your speech over hers after which she falls silent."
    )
    ducked_gain: float = Field(
        0.25, ge=0.0, le=1.0, description="Her loudness while she finds out if you want to speak."
    )


class Talking(_Section):
    """When she listens to you at all."""

    way_to_talk: WayToTalk = Field(
        "open",
        description="What tells her that you speak to her: an open microphone, a key held or tapped, or her name.",
    )
    follow_up_s: float = Field(
        8.0, ge=1.0, le=120.0, description="Seconds after her reply in which you need not say her name again."
    )
    sleep_after_minutes: float = Field(
        30.0, ge=0.0, le=1440.0, description="Minutes without talk after which she falls asleep; 0 is never."
    )
    asleep_microphone: Literal["listens", "off"] = Field(
        "listens", description="While she sleeps, the microphone listens for her name, or is off until a key or a line."
    )
    sounds: bool = Field(True, description="Soft sounds when she falls asleep, wakes, or opens the microphone.")
    wake_word: Literal["none", "okay_nabu", "hey_jarvis", "hey_mycroft", "alexa"] = Field(
        "none", description="A wake word beside her name; it needs the extra `wake` to be installed."
    )


class Mind(_Section):
    """The language model."""

    engine: Literal["auto", "ollama", "embedded"] = Field(
        "auto", description="auto takes Ollama when it answers and has a chat model, else the embedded llama.cpp."
    )
    model: str = Field(
        "auto", description="Model: auto, an Ollama tag, a name from `companion models`, or a GGUF file."
    )
    ollama_address: str = Field(
        "http://127.0.0.1:11434",
        json_schema_extra={"allowed": 'http(s)://host[:port], such as "http://127.0.0.1:11434"'},
        description="Where Ollama answers.",
    )
    keep_alive_minutes: int = Field(30, ge=0, le=1440, description="Minutes that Ollama keeps the model loaded.")
    context_tokens: int = Field(4096, ge=1024, le=131072, description="Tokens that prompt and reply may have together.")
    threads: int = Field(2, ge=1, le=64, description="Processor threads for the embedded model.")
    max_reply_tokens: int = Field(120, ge=16, le=2048, description="Longest reply, in tokens.")
    temperature: float = Field(0.7, ge=0.0, le=2.0, description="0 always says the likeliest thing; higher is freer.")
    first_token_timeout_s: float = Field(
        30.0, ge=1.0, le=600.0, description="Seconds she waits for the model's first word."
    )

    @field_validator("ollama_address")
    @classmethod
    def _must_be_an_address(cls, address: str) -> str:
        parts = urlsplit(address)
        named = parts.scheme in ("http", "https") and re.fullmatch(r"[\w.:-]+", parts.hostname or "")
        if not named or parts.port == 0 or parts.query or parts.fragment or re.search(r"\s", address):
            raise ValueError
        return address


class Voice(_Section):
    """How she sounds."""

    speaker: str = Field("", description="Speaker to use; empty follows the system's default.")
    voice: str = Field("auto", description="Piper voice: auto, a name from `companion models`, or an .onnx file.")
    speed: float = Field(1.0, ge=0.5, le=2.0, description="Rate of speech; 1 is the voice's own.")
    expressiveness: float = Field(
        0.5, ge=0.0, le=1.0, description="How much her tone and rhythm vary; 0.5 is the voice's own."
    )
    volume: float = Field(1.0, ge=0.0, le=1.0, description="Her loudness.")


class Settings(_Section):
    """Everything that can be set, in sections. Defaults suit a machine with two cores and no GPU."""

    persona: str = Field("samantha", description="Who she is: the name of a persona, or a persona file.")
    user_name: str = Field("", description="What she calls you; empty if she has not been told.")
    hearing: Hearing = Hearing()
    turn_taking: TurnTaking = TurnTaking()
    talking: Talking = Talking()
    mind: Mind = Mind()
    voice: Voice = Voice()


def load_settings(path: Path, must_exist: bool = False) -> Settings:
    """Read settings from a TOML file; all defaults if it does not exist, unless it must.

    Raises SettingsError that names field, line and allowed range. The file is never written to.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        if must_exist:
            raise SettingsError(f"There is no settings file {path}.", "Check the name after --settings.") from error
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The settings file {path} cannot be read ({error}).", "Mend or move it; it is left as it is."
        ) from error
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"The settings file {path} is not valid TOML: {error}.", "Mend that line; the file is left as it is."
        ) from error
    try:
        return Settings.model_validate(tree)
    except ValidationError as error:
        raise SettingsError(
            _explain(error, path, text), "Mend or delete that line; the file is left as it is."
        ) from error


def _explain(error: ValidationError, path: Path, text: str) -> str:
    first = error.errors()[0]
    keys = [str(key) for key in first["loc"]]
    where = f"{path}, line {_line_of(keys, text)}"
    name = ".".join(keys)
    if first["type"] == "extra_forbidden":
        return f"{where}: there is no setting called {name}."
    allowed = allowed_values(keys)
    return f"{where}: {name} is {first['input']!r}; it must be {allowed}."


def allowed_values(keys: list[str]) -> str:
    """What the field at `keys` accepts, in words: its type and range."""
    model: type[BaseModel] = Settings
    for key in keys[:-1]:
        annotation = model.model_fields[key].annotation
        assert isinstance(annotation, type) and issubclass(annotation, BaseModel)
        model = annotation
    schema = model.model_json_schema()["properties"][keys[-1]]
    if "allowed" in schema:
        return str(schema["allowed"])
    if "enum" in schema:
        return "one of " + ", ".join(map(str, schema["enum"]))
    kind = {"integer": "a whole number", "number": "a number", "string": "text", "boolean": "true or false"}
    words = kind.get(schema.get("type", ""), "a table of settings")
    if "minimum" in schema and "maximum" in schema:
        words += f" from {schema['minimum']} to {schema['maximum']}"
    return words


def _line_of(keys: list[str], text: str) -> int:
    """Line number (from 1) on which the innermost of `keys` is set; of its table if that is all there is."""
    table, best = "", 1
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[([^\]]+)\]", line)
        if header:
            table = header.group(1).strip()
            if table == ".".join(keys[:-1]) or table == ".".join(keys):
                best = number
            continue
        key = re.match(r"\s*([\w.\-\"']+)\s*=", line)
        if key:
            full = ".".join(filter(None, [table, key.group(1).strip("\"'")]))
            if full == ".".join(keys):
                return number
    return best
