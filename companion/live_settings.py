"""Settings that are changed while she runs: what each of them means to the conversation, and which must wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Protocol

from companion.core.engines import Synthesizer, Tone
from companion.core.errors import CompanionError
from companion.core.events import Configured, Event, Faulted
from companion.core.garbage import unsettle
from companion.core.settings import Settings, Talking
from companion.core.settings_fields import SettingField, setting_field
from companion.talk.attention import Habits
from companion.talk.end_of_turn import PatienceRules
from companion.talk.floor import Rules
from companion.talk.voiced_openings import VoicedOpenings
from companion.talk.workers import Worker

WHO_SHE_IS = frozenset({"persona", "her_name", "user_name"})
"""Settings for which her persona is read anew."""

LIKELY_LATER_S = 0.18
"""How much longer she waits when you have only likely finished than when it is clear."""


def rules_of(settings: Settings) -> Rules:
    """The limits of turn-taking."""
    turn_taking = settings.turn_taking
    return Rules(
        speech_threshold=settings.hearing.speech_threshold,
        pause_s=turn_taking.pause_s,
        max_turn_s=turn_taking.max_turn_s,
        barge_in_s=turn_taking.barge_in_s,
        patience=PatienceRules(
            clear_wait_s=turn_taking.min_silence_s,
            likely_wait_s=min(turn_taking.min_silence_s + LIKELY_LATER_S, turn_taking.silence_s),
            unclear_wait_s=turn_taking.silence_s,
            max_wait_s=turn_taking.max_silence_s,
            complete_probability=turn_taking.complete_probability,
        ),
    )


def habits_of(talking: Talking) -> Habits:
    """When she listens at all."""
    return Habits(
        talking.way_to_talk,
        talking.follow_up_s,
        60.0 * talking.sleep_after_minutes,
        talking.asleep_microphone,
        talking.sounds,
    )


def tone_of(settings: Settings) -> Tone:
    """How her voice speaks."""
    voice = settings.voice
    return Tone(voice.speed, voice.expressiveness, voice.volume)


class LiveVoice:
    """Her voice, whose tone may change. Common openings are voiced anew in the background."""

    def __init__(
        self, voice: VoicedOpenings, worker: Worker, tone: Tone, tune_others: Callable[[Tone], None] = lambda tone: None
    ) -> None:
        """`worker`: the thread of the voice. `tone`: its present one. `tune_others`: her voices for other languages."""
        self._voice = voice
        self._tune_others = tune_others
        self._worker = worker
        self._tone = tone
        self._voicing: asyncio.Task[None] | None = None

    @property
    def rate_hz(self) -> int:
        return self._voice.rate_hz

    def tune(self, tone: Tone) -> None:
        if tone == self._tone:
            return
        self._tone = tone
        self._voice.tune(tone)
        self._tune_others(tone)
        self._voice_anew()

    def _voice_anew(self) -> None:
        if self._voicing:
            self._voicing.cancel()
        self._voicing = asyncio.create_task(self._voice_openings(), name="voice openings")

    def become(self, synthesizer: Synthesizer, tone: Tone) -> None:
        """Speak with another voice, loaded when it is first needed, of the same rate."""
        self._tone = tone
        self._voice.become(synthesizer, synthesizer.info().language)
        unsettle()  # or the last voice would stay
        self._tune_others(tone)
        self._voice_anew()

    async def close(self) -> None:
        if self._voicing:
            self._voicing.cancel()
            await asyncio.wait({self._voicing})

    async def _voice_openings(self) -> None:
        """One call for each, so that a clause that she needs now comes in between. A voice that fails shows then."""
        with suppress(CompanionError):
            for opening in self._voice.openings:
                await self._worker.run(self._voice.voice, opening)


class Adjustable(Protocol):
    """What the settings need of a conversation."""

    def now_s(self) -> float: ...

    def adjust(self, rules: Rules, habits: Habits, ducked_gain: float) -> None: ...


Become = Callable[[Settings, bool], Settings]
"""Makes her whom the settings say, her persona read anew if that is asked for. Returns them with what she brings
along herself, such as her voice; raises CompanionError if she cannot be that."""


def _as_set(settings: Settings, again: bool) -> Settings:
    return settings


class LiveSettings:
    """The settings that hold, and how a change of them reaches the conversation."""

    def __init__(
        self,
        settings: Settings,
        conversation: Adjustable,
        voice: LiveVoice | None,
        keep: Callable[[bool], None],
        emit: Callable[[Event], None],
        become: Become = _as_set,
    ) -> None:
        """`keep` is told whether the conversation is kept in the diary."""
        self._settings = settings
        self._conversation = conversation
        self._voice = voice
        self._keep = keep
        self._emit = emit
        self._become = become

    def change(self, changes: Mapping[str, object]) -> None:
        """Take `changes` by name, as "voice.volume": all, or none if one is not allowed. Tells what came of it."""
        now_s = self._conversation.now_s()
        try:
            wanted = changed_settings(self._settings, changes)
            waiting = tuple(key for key in changes if self._must_wait(setting_field(key), wanted))
            applied = tuple(key for key in changes if key not in waiting)
            self._take(
                changed_settings(self._settings, {key: changes[key] for key in applied}),
                not WHO_SHE_IS.isdisjoint(applied),
            )
        except CompanionError as error:
            self._emit(Faulted(now_s, error.message, error.hint))
            return
        self._emit(Configured(now_s, applied, waiting))

    def _must_wait(self, field: SettingField, wanted: Settings) -> bool:
        return not field.live and field.value_in(wanted) != field.value_in(self._settings)

    def _take(self, settings: Settings, again: bool) -> None:
        hers = self._become(settings, again)
        self._settings = settings
        self._conversation.adjust(rules_of(settings), habits_of(settings.talking), settings.turn_taking.ducked_gain)
        self._keep(settings.memory.keep)
        if self._voice:
            self._voice.tune(tone_of(hers))


def changed_settings(settings: Settings, changes: Mapping[str, object]) -> Settings:
    """`settings` with other values by name, as "voice.volume". Raises SettingsError that says what is allowed."""
    tree = settings.model_dump()
    for key, value in changes.items():
        section, _, name = key.rpartition(".")
        (tree[section] if section else tree)[name] = setting_field(key).checked(value)
    return Settings.model_validate(tree)
