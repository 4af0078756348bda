"""One reply, from the first token to the last word heard. What it owns is made in it and dies with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import ParamSpec, TypeVar

from companion.core.audio import Samples, seconds, silence
from companion.core.engines import LanguageModel, Message, OnceHeard, ReplyLimits
from companion.core.errors import CompanionError, EngineError
from companion.core.events import ClauseStarted, Event, Latency, ReplyStarted
from companion.core.joining import can_join
from companion.talk.clauses import ClauseSplitter
from companion.talk.her_words import HerWords
from companion.talk.holding_point import holding_point_s
from companion.talk.own_words import sober_limits
from companion.talk.parts import Answer, Compose, Mouth
from companion.talk.recall_notes import asked_again
from companion.talk.spoken_form import speakable
from companion.talk.voiced_clause import SILENT_CLAUSE, Clause, OpenPhrase, bare_end, begun_clause, next_piece

P = ParamSpec("P")
T = TypeVar("T")

FALSE_START_S = 0.2
"""Who speaks before so much of her reply was out did not answer to it: both began at once."""


class Reply:
    """Thinks, voices clause by clause, and plays; knows at every moment what has been heard.

    Without the floor it thinks and voices its first clause, and waits: then it is given the floor, or
    dropped, and nobody has heard anything. After `stop()` it does nothing more.
    """

    def __init__(
        self,
        mind: LanguageModel,
        limits: ReplyLimits,
        mouth: Mouth | None,
        latency: Latency,
        now: Callable[[], float],
        emit: Callable[[Event], None],
        names: tuple[str, str] = ("", ""),
        language: str = "en",
    ) -> None:
        """`latency`: the stamps so far. `names`: hers and the user's, which a model may write before a line.

        `language`: what it is spoken in, two letters.
        """
        self._mind = mind
        self._limits = limits
        self._mouth = mouth
        self._latency = latency
        self._now = now
        self._emit = emit
        self._names = names
        self._language = language
        self._has_floor = True
        self._floor = asyncio.Event()
        self._floor.set()
        self._waits_for_floor = False
        self._unvoiced: list[str] = []
        self._phrase = OpenPhrase()
        self._ready: list[Clause] = []
        self._clauses: list[Clause] = []
        self._announced = 0
        self._resumed_at_s = 0.0
        self._heard_before_loss_s = 0.0
        self._suspended = False
        self._begun = False
        self._thinking: asyncio.Task[None] | None = None
        self._voicing: asyncio.Task[None] | None = None
        self._stopped = False
        self._heard_when_stopped = ""
        self.fault: CompanionError | None = None

    def start(self, messages: Compose, own: Answer | None = None) -> None:
        """Begin to think of an answer to the `messages` that are composed, unless she has an answer of her `own`."""

        async def find() -> None:
            if own and (text := await own()):
                self._recite(text)
            else:
                await self._think(await messages())

        self._thinking = asyncio.create_task(find(), name="reply: think")

    def start_with(self, text: str) -> None:
        """Say `text` as it stands: a greeting, or a sentence of the program's own."""

        async def recite() -> None:
            self._recite(text)

        self._thinking = asyncio.create_task(recite(), name="reply: recite")

    def _recite(self, text: str) -> None:
        self._take_clauses([*(splitter := ClauseSplitter(self._language)).feed(text), *splitter.finish()])

    def wait_for_floor(self) -> None:
        """Begin no clause until `take_floor`."""
        self._has_floor = False
        self._floor.clear()

    def take_floor(self) -> None:
        """Speak as soon as there is something to say."""
        self._has_floor = True
        self._floor.set()
        self._waits_for_floor = False
        self._place_ready()
        self._voice_on()

    @property
    def audible(self) -> bool:
        """True once something of it was handed to the speaker, or shown."""
        return self._begun

    @property
    def tasks(self) -> set[asyncio.Task[None]]:
        """The tasks that think or voice; none of them waits for audio to pass, or for the floor."""
        thinking = None if self._waits_for_floor else self._thinking
        return {task for task in (thinking, self._voicing) if task and not task.done()}

    @property
    def done(self) -> bool:
        """True when all was voiced and all was heard."""
        if not self._thought_out:
            return False
        return self._mouth is None or not self._begun or (not self._suspended and self._mouth.speaker.queued_s <= 0)

    @property
    def _thought_out(self) -> bool:
        return not (self.tasks or self._waits_for_floor or self._ready or self._unvoiced)

    @property
    def text(self) -> str:
        """All clauses so far, heard or not."""
        return " ".join([*(clause.written for clause in self._clauses), *self._unplaced])

    @property
    def asks(self) -> bool:
        """True if it ends in a question, as far as it is thought."""
        return bare_end(self.text).endswith("?")

    @property
    def _unplaced(self) -> list[str]:
        return [*(ready.written for ready in self._ready), *self._unvoiced]

    def follow(self) -> None:
        """Tell of the clauses that have become audible since the last call. Call it often."""
        position_s = self._position_s()
        while self._announced < len(self._clauses):
            clause = self._clauses[self._announced]
            silent_and_due = clause.duration_s == 0 and position_s >= clause.start_s
            if not (position_s > clause.start_s or silent_and_due):
                return
            at_s = self._now() - (position_s - clause.start_s)
            if self._announced == 0:
                self._latency = replace(self._latency, first_audio_s=at_s)
                self._emit(ReplyStarted(at_s, self._latency))
            self._announced += 1
            self._emit(ClauseStarted(at_s, clause.written, clause.duration_s, clause.written_ends_s()))

    def heard(self) -> tuple[str, str]:
        """The text in two: what the listener has heard, to the word, and what they have not."""
        return self._split_at(self._position_s())

    def _split_at(self, position_s: float) -> tuple[str, str]:
        position_s = max(position_s, self._heard_before_loss_s)  # a clause that is said again was heard in part
        parts = [clause.split_at(position_s) if self._begun else ("", clause.written) for clause in self._clauses]
        heard = " ".join(part for part, _ in parts if part)
        unheard = " ".join([*(part for _, part in parts if part), *self._unplaced])
        return heard, unheard

    def stop(self) -> tuple[str, str]:
        """Fall silent at once and stop thinking. Returns the text in two, as `heard` does.

        What the device still lets out after it was stopped counts as heard.
        """
        position_s = self._position_s()
        if self._mouth is not None and self._begun and not self._suspended:
            position_s = self._resumed_at_s + self._mouth.speaker.stop()
        result = self._split_at(position_s)
        self._waits_for_floor = False
        self._stopped, self._heard_when_stopped = True, result[0]
        for task in self.tasks:
            task.cancel()
        for clause in (*self._clauses, *self._ready):
            clause.stream.close()
        return result

    def hold(self) -> bool:
        """Fall silent at the end of a word, and keep the rest. False if there is nothing left to keep."""
        if self._mouth is None or not self._begun:
            return False
        if self._suspended:
            return True
        soonest_s = self._resumed_at_s + self._mouth.speaker.committed_s
        words = [word for clause in self._clauses for word in clause.words()]
        hold_s = holding_point_s(words, soonest_s)
        if self._thought_out and (not words or hold_s >= words[-1].end_s):
            return False
        self._mouth.speaker.hold(hold_s - self._resumed_at_s)
        return True

    @property
    def told(self) -> bool:
        """True once it was told of that she speaks."""
        return self._announced > 0

    @property
    def was_heard(self) -> bool:
        """Of a reply that is over: whether any word of it was heard, or shown."""
        return bool(self._heard_when_stopped) if self._stopped else self.told

    @property
    def barely_begun(self) -> bool:
        """True while less of it is out than anybody could have answered to."""
        return self._mouth is not None and self._begun and not self._suspended and self._position_s() < FALSE_START_S

    def unsay(self) -> None:
        """Fall silent at once and wait for the floor again: what was barely begun will be said from its start."""
        assert self._mouth is not None
        self._mouth.speaker.stop()
        self._ready = [*self._clauses, *self._ready]
        self._clauses.clear()
        self._begun = self._has_floor = False
        self._floor.clear()
        self._resumed_at_s = 0.0

    def release(self) -> None:
        """Go on after `hold` as if nothing had been."""
        if self._mouth is not None and not self._suspended and self._begun:
            self._mouth.speaker.release()

    def stamp_end_of_turn(self, speech_ended_s: float, turn_decided_s: float) -> None:
        """The turn that it answers is over, as is known only now."""
        self._latency = replace(self._latency, speech_ended_s=speech_ended_s, turn_decided_s=turn_decided_s)

    def suspend(self) -> None:
        """The speaker has gone: remember what was heard, and keep the rest for `resume`."""
        if self._mouth is None or self._suspended:
            return
        self._resumed_at_s = self._position_s()
        self._heard_before_loss_s = max(self._heard_before_loss_s, self._resumed_at_s)
        self._suspended = True

    def resume(self) -> None:
        """The speaker is back: go on with the first clause that was not heard in full."""
        if self._mouth is None or not self._suspended:
            return
        missed = [c for c in self._clauses if c.start_s + c.duration_s > self._resumed_at_s]
        self._resumed_at_s = missed[0].start_s if missed else self._voiced_s
        self._suspended = False
        if self._begun:
            self._mouth.speaker.begin()
        for clause in missed:
            self._play_sound(clause, clause.sound)

    async def _think(self, messages: Sequence[Message]) -> None:
        """Answer `messages`. What is out of character as a whole is asked for once more, in other words."""
        words = self._her_words(messages)
        rest = await self._write(words, messages)
        if words.fell_out and not self.fault:
            again = self._her_words(messages)
            better = await self._write(again, asked_again(messages))
            rest = better if again.said and not again.fell_out else rest
        self._take_clauses(rest)

    def _her_words(self, messages: Sequence[Message]) -> HerWords:
        in_parts = self._mouth is not None and can_join(self._mouth.voice_for(self._language))
        return HerWords(messages, self._names, self._limits.enough_words, self._language, in_parts)

    async def _write(self, words: HerWords, messages: Sequence[Message]) -> list[str]:
        """Take each clause as soon as it is certain; returns those at the end."""
        try:
            async with aclosing(self._mind.reply(messages, sober_limits(messages, self._limits))) as pieces:
                async for piece in pieces:
                    if self._latency.first_token_s is None:
                        self._latency = replace(self._latency, first_token_s=self._now())
                    if isinstance(piece, OnceHeard):
                        await self._wait_until_floor()
                        continue
                    self._take_clauses(words.feed(piece))
                    if words.ended:
                        break
            at_limit = (self._mind.last_timings.written_tokens or 0) >= self._limits.max_tokens
            return words.finish(cut_off=at_limit)
        except CompanionError as error:
            self.fault = error
            return words.finish()

    async def _wait_until_floor(self) -> None:
        self._waits_for_floor = True
        await self._floor.wait()
        self._waits_for_floor = False

    def _take_clauses(self, clauses: list[str]) -> None:
        for clause in clauses:
            if self._latency.first_clause_s is None:
                self._latency = replace(self._latency, first_clause_s=self._now())
            self._unvoiced.append(clause)
        self._voice_on()

    @property
    def _may_voice(self) -> bool:
        """Without the floor, one clause is voiced in advance, and no more."""
        return bool(self._unvoiced) and (self._has_floor or not self._ready) and not self._stopped

    def _voice_on(self) -> None:
        if self._may_voice and (self._voicing is None or self._voicing.done()):
            self._voicing = asyncio.create_task(self._voice_clauses(), name="reply: voice")

    async def _voice_clauses(self) -> None:
        while self._may_voice:
            written = self._unvoiced[0]
            clause = await self._begin_clause(written, speakable(written, self._language))
            self._unvoiced.pop(0)
            self._ready.append(clause)
            self._place_ready()
            while not clause.whole:
                await self._voice_more(clause)

    async def _begin_clause(self, written: str, spoken: str) -> Clause:
        """A clause with as much of its sound as she can begin to speak with."""
        if self._mouth is None or not spoken:
            return Clause(str(written), spoken, SILENT_CLAUSE, [], whole=True)
        voice = self._mouth.voice_for(self._language)
        is_first = not (self._clauses or self._ready)
        said = self._phrase.go_on(written, spoken)
        begun = await self._engine(begun_clause, voice, written, spoken, is_first, said)
        return begun or Clause(str(written), spoken, SILENT_CLAUSE, [], whole=True)

    async def _voice_more(self, clause: Clause) -> None:
        """The next piece of a clause; where it cannot be had, she is silent as long as the rest would have taken."""
        assert self._mouth is not None
        piece = await self._engine(next_piece, clause.stream)
        clause.whole = piece is None
        if piece is None:
            rate_hz = self._mouth.synthesizer.rate_hz
            missing_s = clause.duration_s - sum(seconds(part, rate_hz) for part in clause.sound)
            piece = silence(max(0.0, missing_s), rate_hz)
        clause.sound.append(piece)
        if clause in self._clauses and not self._suspended:
            self._play_sound(clause, [piece])

    def _place_ready(self) -> None:
        if self._has_floor:
            ready, self._ready = self._ready, []
            for clause in ready:
                self._place(clause)
            self.follow()

    async def _engine(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """What the voice's engine makes of `call`; None, and a fault, if it fails."""
        assert self._mouth is not None
        try:
            return await self._mouth.worker.run(call, *args, **kwargs)
        except CompanionError as error:
            self.fault = error
        except Exception as error:  # a vendor's own failure must cost one clause, not the conversation
            self.fault = EngineError(
                f"Her voice failed ({type(error).__name__}).", "The words are shown; try `companion doctor`."
            )
        return None

    def _place(self, clause: Clause) -> None:
        clause.start_s = self._voiced_s
        self._clauses.append(clause)
        if self._mouth is not None and not self._begun:
            self._mouth.speaker.begin()
        self._begun = True
        if not self._suspended:
            self._play_sound(clause, clause.sound)

    def _play_sound(self, clause: Clause, pieces: Sequence[Samples]) -> None:
        """Hand `pieces` of a clause to the speaker, and behind the last one the pause that follows it."""
        if self._mouth is None or not clause.duration_s:
            return
        for piece in pieces:
            self._mouth.speaker.play(piece)
        if clause.whole:
            self._mouth.speaker.play(silence(clause.pause_s, self._mouth.synthesizer.rate_hz))

    @property
    def _voiced_s(self) -> float:
        """Where the next clause has its place. Only of the last clause may the length still be an estimate."""
        audible = next((clause for clause in reversed(self._clauses) if clause.duration_s), None)
        return audible.start_s + audible.duration_s + audible.pause_s if audible else 0.0

    def _position_s(self) -> float:
        if self._mouth is None:
            return self._voiced_s
        if self._suspended or not self._begun:
            return self._resumed_at_s
        return self._resumed_at_s + self._mouth.speaker.position_s
