"""The composition root: the one place that knows every class, and puts a conversation together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime

from companion import adoption, elsewhere
from companion.backends.fallback import Notice
from companion.backends.loading_mind import LoadingMind
from companion.coming_back import first_words
from companion.core.engines import (
    Embedder,
    LanguageModel,
    Microphone,
    ReplyLimits,
    Synthesizer,
    Transcriber,
    TurnDetector,
    WakeWord,
)
from companion.core.errors import CompanionError, DamagedModelError, DeviceError, ModelError
from companion.core.events import EnginesChanged, Event, Faulted, KeepingChosen, TurnsForgotten
from companion.core.garbage import settle, tidying, unsettle
from companion.core.paths import cache_folder
from companion.core.persona import Persona, load_persona
from companion.core.settings import Settings
from companion.core.transcript import History
from companion.core.wyoming_address import is_wyoming
from companion.her_voice import can_be_had, limits_of, with_her_voice
from companion.her_voices import (
    first_installed,
    make_synthesizer,
    other_voices,
    resolve_model,
    voice_with_openings,
)
from companion.keeping import OpenedDiary
from companion.live_persona import LivePersona, Parts
from companion.live_settings import LiveSettings, LiveVoice, habits_of, rules_of, tone_of
from companion.remembrance import OpenDiary, Remembrance
from companion.reminding import Reminding, no_store, open_store
from companion.session import Engines, Session
from companion.sound import Sound, tell_of_echo
from companion.talk.attention import Attention
from companion.talk.conversation import Conversation
from companion.talk.ear import Ear
from companion.talk.interview.course import FROM_THE_START
from companion.talk.language_of_talk import LanguageOfTalk
from companion.talk.parts import Hearing, InTurn, Mouth, Recognizers, Thinking
from companion.talk.prompt import Prompt
from companion.talk.workers import Worker
from companion.tooling import Tooling

log = logging.getLogger(__name__)

Note = Callable[[str], None]
"""Takes a sentence about what is going on, to be shown while engines load."""

DETECTOR_THREADS = 1
"""Smart Turn runs while the language model reads: it must not take both cores from it."""

TEMPLATE_TOKENS = 32
"""Kept free beyond the longest reply, for what the chat template adds."""


def make_transcriber(
    settings: Settings, names: tuple[str, ...] = (), notice: Notice = elsewhere.unheard
) -> Transcriber:
    """Speech to text that expects to hear `names`. `notice`: see `backends.fallback`."""
    return elsewhere.hearing(settings, lambda: _transcriber_here(settings, names), names, notice)


def _transcriber_here(settings: Settings, names: tuple[str, ...]) -> Transcriber:
    from companion.backends.whisper import WhisperTranscriber

    hearing = settings.hearing
    folder = first_installed(hearing.transcriber, ("whisper-base", "whisper-tiny.en"), "transcriber")
    return WhisperTranscriber(
        folder,
        hearing.device,
        hearing.threads,
        hearing.language,
        hearing.context_s,
        names,
        hearing.compute,
        cache_folder() / "transcribers",
    )


def make_detector(settings: Settings, note: Note) -> TurnDetector | None:
    """Smart Turn where it is wanted and its weights are there; else None: silence decides."""
    from companion.backends.smart_turn import SmartTurn

    if settings.turn_taking.turn_detector == "silence":
        return None
    try:
        return SmartTurn(resolve_model("smart-turn-v3.2", "turn-detector"), DETECTOR_THREADS)
    except DamagedModelError:
        raise
    except ModelError:
        if settings.turn_taking.turn_detector == "smart-turn":
            raise
        note("Smart Turn is not installed: the end of your turn is told by silence alone, which is slower.")
        return None


def make_wake_word(settings: Settings, notice: Notice = elsewhere.unheard) -> WakeWord | None:
    """The wake word of the settings, if one is set. Blocking for up to 4 s. Raises EngineError and ModelError."""
    from companion.backends.micro_wake_word import MicroWakeWord

    name = settings.talking.wake_word
    if is_wyoming(name):
        return elsewhere.wake_word(name, MicroWakeWord, notice)
    return None if name == "none" else MicroWakeWord(name)


async def make_embedder(settings: Settings) -> Embedder | None:
    """What finds by meaning what was said; None if it cannot be had: then it is found by its words."""
    from companion.backends.meanings import choose_embedder

    try:
        key = await asyncio.to_thread(elsewhere.memory_key, settings)
        return await choose_embedder(settings, lambda name: resolve_model(name, "embedder"), threads=1, key=key)
    except CompanionError as error:
        log.info("%s What was said is found by its words alone.", error.message)
        return None


def open_diary(settings: Settings) -> OpenedDiary:
    """The diary of the conversations with her. Blocking. Raises CompanionError."""
    from companion import diaries

    return diaries.open_diary(settings)


@asynccontextmanager
async def open_session(
    settings: Settings,
    sound: Sound,
    emit: Callable[[Event], None],
    note: Note,
    history: History | None = None,
    open_diary: OpenDiary | None = None,
    early: bool = False,
    interview: bool = False,
) -> AsyncIterator[Session]:
    """Load the engines, all at once, warm them, and join them to a conversation. Everything is let go at the end.

    What is said is kept in the diary that `open_diary` opens, unless the settings say otherwise. `early`: the
    conversation may begin while the language model still loads; her first answer waits for it.
    `interview`: it begins with the one that finds out who she should be.
    """
    from companion.backends.chimes import load_chimes
    from companion.backends.heap import share_heaps

    share_heaps()
    persona = load_persona(settings.persona).called(settings.her_name)
    chosen, has_voice = settings, can_be_had(lambda name: resolve_model(name, "voice"))
    settings = with_her_voice(settings, persona, has_voice)
    limits = limits_of(settings, persona)
    async with AsyncExitStack() as stack:
        stack.callback(unsettle)
        notices = elsewhere.Notices(note)
        synthesizer = await asyncio.to_thread(voice_with_openings, settings, notices) if sound.make_speaker else None
        speaker = None
        if sound.make_speaker and synthesizer:
            speaker = sound.make_speaker(synthesizer.rate_hz)
            stack.push_async_callback(speaker.close)
            with suppress(DeviceError):  # one that is missing is taken up when it appears
                await speaker.open()
        workers = [stack.enter_context(Worker(name, yields=name == "detect")) for name in ("hear", "detect", "voice")]
        embedder = await make_embedder(settings) if open_diary and settings.memory.keep else None
        remembering = stack.enter_context(Worker("remember"))
        remembrance = Remembrance(
            settings,
            persona,
            open_diary,
            embedder,
            remembering,
            lambda error: emit(Faulted(conversation.now_s(), error.message, error.hint)),
            sound.greets,
            lambda keep: emit(KeepingChosen(conversation.now_s(), keep)),
        )
        stack.push_async_callback(remembrance.close)
        reminding = Reminding(open_store if open_diary else no_store, remembering, remembrance.keeps)
        stack.push_async_callback(reminding.close)
        note("Loading the models; a large language model takes some seconds.")
        loaded, prompt = await _load(
            settings, sound, synthesizer, persona, limits, note, notices, stack, workers, early, remembrance
        )
        loaded = replace(loaded, embedder=embedder)
        mouth = None
        others = None
        if synthesizer and speaker:
            chimes = load_chimes(speaker.rate_hz)
            others = other_voices(
                settings, synthesizer, lambda message, hint: emit(Faulted(conversation.now_s(), message, hint))
            )
            mouth = Mouth(synthesizer, workers[2], speaker, settings.turn_taking.ducked_gain, chimes, others)
        hearing = _hearing(settings, sound.microphone, loaded, workers, persona)
        history = history or History()
        back = await remembrance.looked_back()
        tooling = Tooling(loaded.mind, persona.names, note)
        stack.push_async_callback(tooling.close)
        interviewer = adoption.interviewer(tooling.mind, settings.user_name, prompt, interview)
        stack.push_async_callback(interviewer.stop)

        def forgot(texts: tuple[str, ...], everything: bool) -> None:
            if everything:
                reminding.forget_everything()
            emit(TurnsForgotten(conversation.now_s(), texts, everything))

        def remember_with(settings: Settings, persona: Persona) -> None:
            remembrance.become(settings, persona)
            reminding.become(persona.names)
            tooling.become(persona.names)

        greeting = first_words(persona, settings.user_name, datetime.now(), back) if sound.greets else ""
        thinking = Thinking(
            interviewer,
            prompt,
            limits,
            FROM_THE_START.words if interview else greeting,
            (persona.name, settings.user_name),
            InTurn(
                tooling.asked,
                reminding.asked(history, persona.names),
                remembrance.asked(history, prompt, persona, forgot),
            ),
            remembrance.recollection(prompt),
            reminding.speaking_up,
        )
        conversation = Conversation(
            hearing, thinking, mouth, history, tidying(interviewer.beside(remembrance.beside(emit)))
        )
        tooling.emit, tooling.now_s = emit, conversation.now_s
        remembrance.think_over(lambda: loaded.mind if loaded.mind.loaded else None)
        tell_of_echo(sound.microphone, conversation.now_s, emit)
        voice = None
        if synthesizer:
            voice = LiveVoice(synthesizer, workers[2], tone_of(settings), others.tune if others else lambda _: None)
            stack.push_async_callback(voice.close)
        parts = Parts(
            conversation,
            thinking,
            lambda: prompt.fit(prompt_tokens(loaded.mind, thinking.limits)),
            hearing.attention,
            _extra_names(loaded.wake_word),
            loaded.transcriber,
            voice,
            remember_with,
            remembrance.looked_back,
            hearing.recognizers.language,
        )
        live = LivePersona(chosen, persona, parts, lambda hers: make_synthesizer(hers, notices), has_voice, emit)
        stack.push_async_callback(live.close)
        loaded.mind.loading.add_done_callback(lambda _: parts.fit())
        loaded.mind.loading.add_done_callback(lambda _: settle())

        def tell_of_engines(message: str, hint: str) -> None:
            if synthesizer:
                synthesizer.forget()
            parts.fit()
            emit(EnginesChanged(conversation.now_s(), loaded.infos(), message, hint))

        notices.begin(tell_of_engines)
        changes = LiveSettings(chosen, conversation, voice, remembrance.want, emit, live.become)
        session = Session(conversation, loaded, persona, changes)
        interviewer.adopt = lambda found: adoption.adopt(found, conversation.now_s(), emit, session.ask)
        yield session


async def open_mind(settings: Settings, note: Note) -> LanguageModel:
    """The language model of the settings, loaded. The caller closes it. `note` is told who stands in for it, too."""
    mind = await choose_mind(settings, note, lambda message, hint: note(f"{message} {hint}".strip()))
    await mind.open()
    return mind


async def choose_mind(settings: Settings, note: Note, notice: Notice = elsewhere.unheard) -> LanguageModel:
    """The language model of the settings, not open yet."""
    return await elsewhere.mind(settings, lambda name: resolve_model(name, "language-model"), note, notice)


def context_tokens(settings: Settings) -> int:
    """How many tokens prompt and reply may have together; without a model at hand, or elsewhere, what is set."""
    from companion.backends import mind

    if settings.mind.engine == "ollama":
        return settings.mind.context_tokens
    try:
        _, file, _ = mind.embedded_choice(settings.mind, lambda name: resolve_model(name, "language-model"))
    except ModelError:
        return settings.mind.context_tokens
    return mind.context_tokens(settings.mind, file)


async def _load_mind(mind: LanguageModel, prompt: Prompt, limits: ReplyLimits, may_begin: asyncio.Event) -> None:
    await may_begin.wait()  # its gigabyte would keep disk and processor from what hears
    await mind.open()
    prompt.fit(prompt_tokens(mind, limits))
    await mind.warm_up(prompt.prefix)
    await mind.anticipate(prompt.so_far(()))


def prompt_tokens(mind: LanguageModel, limits: ReplyLimits) -> int:
    """How many tokens a prompt may take."""
    return mind.context_tokens - limits.max_tokens - TEMPLATE_TOKENS


async def _load(
    settings: Settings,
    sound: Sound,
    synthesizer: Synthesizer | None,
    persona: Persona,
    limits: ReplyLimits,
    note: Note,
    notices: Notice,
    stack: AsyncExitStack,
    workers: list[Worker],
    early: bool,
    remembrance: Remembrance,
) -> tuple[Engines, Prompt]:
    hear, detect, voice = workers
    transcriber = await asyncio.to_thread(make_transcriber, settings, persona.names, notices) if sound.hears else None
    detector = make_detector(settings, note) if sound.hears else None
    wake_word = await asyncio.to_thread(make_wake_word, settings, notices) if sound.hears else None

    senses_are_there = asyncio.Event()
    if not early:
        senses_are_there.set()

    async def warm_mind() -> tuple[LoadingMind, Prompt]:
        mind = await choose_mind(settings, note, notices)
        prompt = Prompt(persona, settings.user_name, datetime.now(), prompt_tokens(mind, limits))
        prompt.summarize((await remembrance.looked_back()).before)
        loading = LoadingMind(mind, _load_mind(mind, prompt, limits, senses_are_there))
        stack.push_async_callback(loading.close)
        if not early:
            await loading.open()
        return loading, prompt

    try:
        async with asyncio.TaskGroup() as group:
            thinking = group.create_task(warm_mind())
            if transcriber:
                group.create_task(hear.run(transcriber.warm_up))
            if detector:
                group.create_task(detect.run(detector.warm_up))
            if synthesizer:
                group.create_task(voice.run(synthesizer.warm_up))
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from None
    senses_are_there.set()
    mind, prompt = thinking.result()
    return Engines(mind, transcriber, detector, synthesizer, wake_word), prompt


def _hearing(
    settings: Settings, microphone: Microphone, loaded: Engines, workers: list[Worker], persona: Persona
) -> Hearing:
    from companion.backends.silero import SileroActivity

    heard = settings.hearing.language
    language = LanguageOfTalk("" if heard == "auto" else heard, persona.language)
    recognizers = Recognizers(loaded.transcriber, workers[0], loaded.detector, workers[1], language)
    attention = Attention(habits_of(settings.talking), (*persona.names, *_extra_names(loaded.wake_word)))
    return Hearing(microphone, Ear(SileroActivity(), rules_of(settings)), recognizers, attention, loaded.wake_word)


def _extra_names(wake_word: WakeWord | None) -> tuple[str, ...]:
    """What she answers to beside her own names."""
    return tuple(wake_word.phrase.split()[-1:]) if wake_word else ()
