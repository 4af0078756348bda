"""The tree of settings, each declared once: type, range, unit, title, help, and if it is taken at once."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urlsplit

from pydantic import field_validator

from companion.core.setting import Section, setting
from companion.core.settings_elsewhere import Elsewhere
from companion.core.settings_voice import Voice
from companion.core.settings_window import Shortcuts, Window
from companion.core.wyoming_address import ALLOWED, Engine

WayToTalk = Literal["open", "push-to-talk", "tap-to-talk", "by-name"]
"""open: everything is for her; push-to-talk: while a key is down; tap-to-talk: one turn after a key;
by-name: when she is called, and shortly after her replies."""

EchoMode = Literal["auto", "cancel", "headphones", "half-duplex"]
"""What to do about her own voice in the microphone."""


class Hearing(Section):
    """How she hears you."""

    microphone: str = setting(
        "", "Microphone", "The microphone that she hears you with.", allowed="a name, or empty for the system's default"
    )
    transcriber: Engine = setting(
        "auto",
        "Speech to text",
        "What turns your speech into words; a server is sent your speech.",
        allowed=f"auto, a name from `companion models`, a folder, or {ALLOWED}",
    )
    language: str = setting(
        "auto",
        "Language you speak",
        "The language that you speak with her.",
        pattern="^(auto|[a-z]{2})$",
        allowed="auto or a two-letter code such as en",
    )
    device: Literal["auto", "cpu", "cuda"] = setting(
        "auto",
        "Speech to text runs on",
        "Where speech to text runs.",
        advanced=True,
        labels={"auto": "Whatever is best", "cpu": "Processor", "cuda": "Graphics card (CUDA)"},
    )
    threads: int = setting(
        2, "Threads for speech to text", "Processor threads for speech to text.", advanced=True, ge=1, le=64
    )
    compute: Literal["auto", "int8", "int8_float32", "float32", "int8_float16", "float16"] = setting(
        "auto",
        "Arithmetic of speech to text",
        "How exactly speech to text computes; `companion tune` finds what is quickest here.",
        advanced=True,
        labels={
            "auto": "Whatever is usual",
            "int8": "8-bit integers",
            "int8_float32": "8-bit integers, 32-bit sums",
            "float32": "32-bit",
            "int8_float16": "8-bit integers, 16-bit sums (graphics card)",
            "float16": "16-bit (graphics card)",
        },
    )
    context_s: float = setting(
        8.0,
        "Shortest context",
        "Seconds of audio that the transcriber looks at for a short turn.",
        unit="s",
        advanced=True,
        ge=5.0,
        le=30.0,
    )
    speech_threshold: float = setting(
        0.5,
        "Speech threshold",
        "Probability above which a sound counts as speech.",
        live=True,
        advanced=True,
        ge=0.05,
        le=0.95,
    )
    echo: EchoMode = setting(
        "auto",
        "Her voice in the microphone",
        "What is done about her own voice when it comes back into the microphone.",
        labels={
            "auto": "Take it out where it comes back",
            "cancel": "Always take it out",
            "headphones": "Leave it: I wear headphones",
            "half-duplex": "Do not listen while she speaks",
        },
    )


class TurnTaking(Section):
    """How she takes and gives the floor."""

    turn_detector: Literal["auto", "smart-turn", "silence"] = setting(
        "auto",
        "Who decides that you have finished",
        "What decides that you have finished speaking.",
        advanced=True,
        labels={
            "auto": "Whatever is best",
            "smart-turn": "Smart Turn listens to your tone",
            "silence": "Silence alone",
        },
    )
    pause_s: float = setting(
        0.2,
        "First pause",
        "Seconds of silence after which she asks if your voice sounds finished.",
        unit="s",
        live=True,
        advanced=True,
        ge=0.1,
        le=1.0,
    )
    complete_probability: float = setting(
        0.5,
        "How finished you must sound",
        "Probability of a finished turn from which you sound finished to her.",
        live=True,
        advanced=True,
        ge=0.05,
        le=0.99,
    )
    min_silence_s: float = setting(
        0.24,
        "Patience when you have finished",
        "Seconds of silence after which she answers when you have clearly finished.",
        unit="s",
        live=True,
        advanced=True,
        ge=0.1,
        le=2.0,
    )
    silence_s: float = setting(
        0.5,
        "Patience when it is not clear",
        "Seconds of silence after which she answers when it is not clear.",
        unit="s",
        live=True,
        ge=0.2,
        le=5.0,
    )
    max_silence_s: float = setting(
        2.5,
        "Patience while you think",
        "Seconds of silence after which she answers even if you seem to go on.",
        unit="s",
        live=True,
        ge=0.3,
        le=10.0,
    )
    max_turn_s: float = setting(
        60.0,
        "Longest turn",
        "Seconds after which a turn is taken as it is.",
        unit="s",
        live=True,
        advanced=True,
        ge=5.0,
        le=600.0,
    )
    barge_in_s: float = setting(
        0.128,
        "Speech that interrupts her",
        "Seconds of your speech over hers after which she falls silent.",
        unit="s",
        live=True,
        advanced=True,
        ge=0.06,
        le=1.0,
    )
    ducked_gain: float = setting(
        0.25,
        "Loudness while in doubt",
        "Her loudness while she finds out if you want to speak.",
        live=True,
        advanced=True,
        ge=0.0,
        le=1.0,
    )


class Talking(Section):
    """When she listens to you at all."""

    way_to_talk: WayToTalk = setting(
        "open",
        "Way to talk",
        "What tells her that you speak to her.",
        live=True,
        labels={
            "open": "Just speak",
            "push-to-talk": "Hold a key while you speak",
            "tap-to-talk": "Tap a key, then speak",
            "by-name": "Say her name first",
        },
    )
    follow_up_s: float = setting(
        8.0,
        "Time to answer without her name",
        "Seconds after her reply in which you need not say her name again.",
        unit="s",
        live=True,
        ge=1.0,
        le=120.0,
    )
    sleep_after_minutes: float = setting(
        30.0,
        "Falls asleep after",
        "Minutes without talk after which she falls asleep; 0 is never.",
        unit="min",
        live=True,
        ge=0.0,
        le=1440.0,
    )
    asleep_microphone: Literal["listens", "off"] = setting(
        "listens",
        "Microphone while she sleeps",
        "What the microphone does while she sleeps; a key or a typed line always wakes her.",
        live=True,
        labels={"listens": "Listens for her name", "off": "Off"},
    )
    sounds: bool = setting(
        True, "Soft sounds", "Soft sounds when she falls asleep, wakes, or opens the microphone.", live=True
    )
    wake_word: Engine = setting(
        "none",
        "Wake word",
        "A wake word beside her name; a server for it is sent all that is heard.",
        advanced=True,
        pattern="^(none|okay_nabu|hey_jarvis|hey_mycroft|alexa|(wyoming|tcp)://.*)$",
        allowed=f"none, okay_nabu, hey_jarvis, hey_mycroft, alexa, or {ALLOWED}",
    )


class Mind(Section):
    """The language model."""

    engine: Literal["auto", "ollama", "embedded"] = setting(
        "auto",
        "Where her mind runs",
        "The program that runs her language model.",
        labels={"auto": "Ollama if it answers, else built in", "ollama": "Ollama", "embedded": "Built in (llama.cpp)"},
    )
    model: str = setting(
        "auto",
        "Language model",
        "The model that she thinks with.",
        allowed="auto, an Ollama tag, a name from `companion models`, or a GGUF file",
    )
    ollama_address: str = setting(
        "http://127.0.0.1:11434",
        "Address of Ollama",
        "Where Ollama answers; if she uses it, the conversation goes there.",
        allowed='http(s)://host[:port], such as "http://127.0.0.1:11434"',
    )
    keep_alive_minutes: int = setting(
        30,
        "Ollama keeps the model for",
        "Minutes that Ollama keeps the model loaded.",
        unit="min",
        advanced=True,
        ge=0,
        le=1440,
    )
    context_tokens: int = setting(
        4096,
        "Length of her context",
        "Tokens that prompt and reply may have together; an embedded model of less than 400 MB takes 2048 at most.",
        unit="tokens",
        advanced=True,
        ge=1024,
        le=131072,
    )
    threads: int = setting(
        2, "Threads for the built-in mind", "Processor threads for the embedded model.", advanced=True, ge=1, le=64
    )
    max_reply_tokens: int = setting(
        120, "Longest reply", "Longest reply, in tokens.", unit="tokens", advanced=True, ge=16, le=2048
    )
    temperature: float = setting(
        0.5, "Freedom of speech", "0 always says the likeliest thing; higher is freer.", ge=0.0, le=2.0
    )
    first_token_timeout_s: float = setting(
        30.0,
        "Patience with the model",
        "Seconds she waits for the model's first word.",
        unit="s",
        advanced=True,
        ge=1.0,
        le=600.0,
    )

    @field_validator("ollama_address")
    @classmethod
    def _must_be_an_address(cls, address: str) -> str:
        parts = urlsplit(address)
        named = parts.scheme in ("http", "https") and re.fullmatch(r"[\w.:-]+", parts.hostname or "")
        if not named or parts.port == 0 or parts.query or parts.fragment or re.search(r"\s", address):
            raise ValueError
        return address


class Models(Section):
    """Where models come from."""

    mirror: str = setting(
        "",
        "Mirror of the model hub",
        "Where models are fetched from in place of huggingface.co; empty is the hub itself, or HF_ENDPOINT.",
        live=True,
        advanced=True,
        allowed="an address such as https://hub.example, or empty",
        pattern=r"^(https?://[^\s?#]+)?$",
    )


class Memory(Section):
    """What is kept of what was said."""

    keep: bool = setting(
        True,
        "Keep conversations",
        "What is said is kept on this computer; off is private mode, which keeps nothing.",
        live=True,
    )
    shared: bool = setting(
        False,
        "One memory for all personas",
        "Whoever she is remembers what you told the others; else each has her own memory.",
    )
    keep_days: int = setting(
        0,
        "Forget after",
        "Days after which what was said is deleted for good, but for what is pinned; 0 is never.",
        unit="d",
        ge=0,
        le=36500,
    )
    embedder: str = setting(
        "auto",
        "Model of meanings",
        "Finds what was said by what it means; a server elsewhere is sent all that was said.",
        advanced=True,
        pattern=r"^(auto|minilm|ollama:\S+|https?://[^\s#]+(#\S+)?|[^\s:]+)$",
        allowed='auto, minilm, ollama:MODEL, an address such as "http://127.0.0.1:8080/v1#model", or an .onnx file',
    )


class Settings(Section):
    """Everything that can be set, in sections. Defaults suit a machine with two cores and no GPU."""

    persona: str = setting(
        "samantha", "Persona", "Who she is.", live=True, allowed="the name of a persona, or a persona file"
    )
    her_name: str = setting(
        "", "Her name", "What she is called; empty is the name that her persona gives her.", live=True
    )
    user_name: str = setting("", "Your name", "What she calls you; empty if she has not been told.", live=True)
    hearing: Hearing = Hearing()
    turn_taking: TurnTaking = TurnTaking()
    talking: Talking = Talking()
    mind: Mind = Mind()
    voice: Voice = Voice()
    elsewhere: Elsewhere = Elsewhere()
    models: Models = Models()
    memory: Memory = Memory()
    window: Window = Window()
    shortcuts: Shortcuts = Shortcuts()
