"""The exchange of words: what the user says becomes a reply, and what was heard of it becomes history.

A reply is begun at every pause of the user, before the turn is known to be over, and waits for the floor
(`Guesses`). If the turn ends there, she only has to speak; if the user goes on, nobody has heard anything,
and history knows nothing of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from companion.core.audio import Samples
from companion.core.errors import CompanionError, EngineError
from companion.core.events import (
    Event,
    Faulted,
    Latency,
    ReplyFinished,
    ReplyInterrupted,
    SoundIgnored,
    TurnTakenBack,
    UserSpoke,
    VoiceHeld,
    WordsRecognized,
)
from companion.core.transcript import History, Turn
from companion.talk.attention import NOT_ADDRESSED, Attention, Listening
from companion.talk.echo_text import OwnWords
from companion.talk.floor import Her
from companion.talk.guesses import Guesses
from companion.talk.interjections import LITTLE_SAID, Understood, Words, asks_to_go_on, kind_of
from companion.talk.language_of_text import language_of_text
from companion.talk.lowered_voice import LoweredVoice
from companion.talk.parts import Answer, Mouth, Recognizers, Thinking
from companion.talk.reading_ahead import ReadingAhead
from companion.talk.recognition import Recognition, bare_words
from companion.talk.reply import Reply
from companion.talk.workers import running

ANSWERS_EARLY_WORDS = 3
"""Of a question that she asks, so much may be missing when it is answered."""


class Exchange:
    """Owns the reply in hand and the words of the turn in hand."""

    def __init__(
        self,
        recognizers: Recognizers,
        attention: Attention,
        thinking: Thinking,
        mouth: Mouth | None,
        history: History,
        emit: Callable[[Event], None],
        now_s: Callable[[], float],
        engage: Callable[[], None],
    ) -> None:
        """`engage` is called when a turn was for her, before anything is told of it."""
        self.recognition = Recognition(recognizers, self.fault, self._follow)
        self._language = recognizers.language
        self._attention = attention
        self._thinking = thinking
        self._mouth = mouth
        self._history = history
        self._emit = emit
        self._now_s = now_s
        self._engage = engage
        self.lowered_voice = LoweredVoice(mouth, emit, now_s)
        self._held = False
        self._user_has_floor = False
        self._reply: Reply | None = None
        self._guesses = Guesses(self._begin_guess, self._drop)
        self._own_words = OwnWords()
        self._answering: asyncio.Task[None] | None = None
        self.reading = ReadingAhead(thinking, history)
        self._ending: set[asyncio.Task[Any]] = set()

    @property
    def her(self) -> Her:
        """What she is doing, as far as anyone can hear."""
        if self._reply and self._reply.audible:
            return Her.SPEAKING
        return Her.THINKING if self._reply or self._answering else Her.SILENT

    @property
    def speaks(self) -> bool:
        """Whether an answer would be heard; else it is shown only."""
        return self._mouth is not None and not self._mouth.speaker.lost and self._attention.may_speak

    @property
    def computing(self) -> set[asyncio.Task[Any]]:
        """Every task that computes; none of them waits for audio to pass."""
        self._ending = running(self._ending)
        own = running([self._answering, self.reading.task, *(task for one in self._replies for task in one.tasks)])
        beside = {*self._thinking.memory.tasks, *self._thinking.speaks_up.tasks}
        return {*own, *self._ending, *self.recognition.tasks, *beside}

    @property
    def _replies(self) -> list[Reply]:
        """The one in hand, and the one that waits for the floor."""
        return [reply for reply in (self._reply, self._guesses.reply) if reply]

    def fault(self, error: CompanionError) -> None:
        """Tell of a failure that the conversation survives."""
        self._emit(Faulted(self._now_s(), error.message, error.hint))

    # --- the user speaks

    def begin_turn(self, over_her: bool) -> None:
        """The user begins to speak: she lowers her voice, or does not begin to."""
        self._user_has_floor = True
        self._thinking.begin_turn()
        self.recognition.start_turn()
        self._guesses.start_turn()
        if self._reply and self._reply.barely_begun:
            self._reply.unsay()
        elif over_her and self._mouth:
            self.lowered_voice.lower()
        elif self._reply:
            self._reply.wait_for_floor()

    def give_way(self) -> None:
        """She falls silent, and keeps the rest of her reply."""
        if self._reply and self._reply.hold():
            self._held = True
            self._emit(VoiceHeld(self._now_s()))

    def go_on(self) -> None:
        """It was nothing: she goes on from where she was."""
        self._user_has_floor = False
        if self._reply:
            if self._held:
                self._reply.release()
            self._reply.take_floor()
        self._held = False
        self.lowered_voice.raise_again()

    def yield_floor(self) -> None:
        """The user's speech is real: her reply is over."""
        if self._reply and self._reply.audible:
            self._interrupt(self._reply)
            return
        # Nothing was heard of an answer: what was said and what is being said are one turn.
        was_transcribed = self._answering is None
        self._drop_unheard_reply()
        if was_transcribed and (unanswered := self._history.take_back_unanswered()):
            self.recognition.carry(unanswered.text)
            self._thinking.memory.take_back()
            self._emit(TurnTakenBack(self._now_s()))

    async def understand(self, turn: Samples, spoken_s: float) -> Understood:
        """What was said up to this pause; see Recognition.begin."""
        self.recognition.begin(turn, spoken_s)
        self.reading.finish()
        text, whole = await self.recognition.draft()
        return Understood(self._kind_of(text), whole, self._language.of_turn(whole))

    async def finality(self, text: str) -> float | None:
        """See Evidence.finality. Where words tell enough, the mind is not asked, and need not read in two steps."""
        question = self._attention.question(text)
        if not question or self.her is not Her.SILENT:
            return None
        return await self.reading.finality(self._asking(question), self._language.of_turn(question))

    def guess(self, text: str) -> None:
        """Begin a reply to `text`, for the case that the turn is over."""
        question = self._attention.question(text)
        if question and self.her is Her.SILENT and not self._thinking.memory.concerns(question):
            self._guesses.make(question)

    def _begin_guess(self, question: str) -> Reply:
        language = self._language.of_turn(question)
        reply = self._make_reply(Latency(0.0, transcribed_s=self._now_s()), language=language)
        reply.wait_for_floor()
        self._start(reply, question, self._asking(question))
        return reply

    def _asking(self, question: str) -> list[Turn]:
        asked = self._language.to_be_told(self._language.of_turn(question))
        return [*self._history.turns, Turn("user", self.reading.as_read(question), language=asked)]

    def resume_turn(self) -> None:
        """The user goes on after a pause: what was begun at it is void."""
        self._guesses.drop()
        self.recognition.resume_turn()

    def end_turn(self, turn: Samples, latency: Latency, answer: bool) -> None:
        """The user has finished. Not to `answer` is for who has told her to be silent."""
        self._user_has_floor = False
        self.recognition.close_turn(turn)
        self._answering = asyncio.create_task(self._answer(latency, answer), name="answer")

    def say(self, text: str, silently: bool = False) -> None:
        """The user has typed a line. `silently`: the answer is shown only."""
        self.silence()
        self._thinking.begin_turn()
        now_s = self._now_s()
        self._add_user_turn(text, text, typed=True)
        self._reply = self._make_reply(Latency(now_s, now_s, now_s), aloud=not silently)
        self._start(self._reply, text, self._history.turns, self._thinking.memory.take(text))

    # --- she speaks

    def greet(self, text: str) -> Reply:
        """Say `text` first."""
        self._reply = self._make_reply(Latency(self._now_s()), language=language_of_text(text))
        self._reply.start_with(text)
        return self._reply

    def follow(self) -> None:
        """See how far the reply has been heard. Call it often."""
        if self._reply:
            self._reply.follow()
            if self._reply.done:
                self._finish(self._reply)

    def silence(self) -> None:
        """Stop whatever she says or is about to say; keep what was heard."""
        if self._reply and self._reply.audible:
            self._interrupt(self._reply)
        else:
            self._drop_unheard_reply()
            self.recognition.forget_unanswered()
        self._guesses.drop()

    def begin_anew(self) -> None:
        """A new conversation: nothing that was said is known any more."""
        self.silence()
        self._history.clear()
        self._thinking.prompt.begin_anew(datetime.now())
        self._own_words = OwnWords()
        self.reading.begin_anew()
        self._language.begin_anew()

    def forget(self, texts: Collection[str]) -> None:
        """Know nothing more of the turns that say one of `texts`, with or without her name."""
        asked = filter(None, map(self._attention.question, texts))
        forgotten = [bare_words(text) for text in (*texts, *asked)]
        self._history.forget({turn.text for turn in self._history.turns if bare_words(turn.text) in forgotten})
        self._thinking.prompt.summarize("")  # which may tell of them, in other words
        self.reading.catch_up()

    def forget_turn(self) -> None:
        """The turn in hand is lost, as with its microphone. One that has ended is answered all the same."""
        self.recognition.drop()
        if self._answering is None:
            self._guesses.drop()
        self.go_on()

    def lose_speaker(self) -> None:
        for reply in self._replies:
            reply.suspend()

    def regain_speaker(self) -> None:
        for reply in self._replies:
            reply.resume()
        if self._reply and self._held:
            self._held = self._reply.hold()

    def _follow(self, text: str, stable: str, whole: str) -> None:
        """More of the user's turn is known while it goes on; see Recognition."""
        if not self._user_has_floor or self._attention.question(text) is None:
            return
        self._emit(WordsRecognized(self._now_s(), text, stable))
        if self.her is Her.SILENT and (question := self._attention.question(whole)):
            language = self._language.of_turn(question)
            self.reading.follow(question, language, self._language.to_be_told(language))

    async def _answer(self, latency: Latency, answer: bool) -> None:
        text, question = self._as_read(await self.recognition.words())
        self._answering = None
        is_guessed = answer and question and not self._thinking.memory.concerns(question)
        guess = self._guesses.take(question if is_guessed else None)
        if not question:
            self._emit(SoundIgnored(self._now_s(), NOT_ADDRESSED if text else "no words in it"))
            return
        self._give_up_reply_to_typed_line()
        self._engage()
        self._add_user_turn(text, question)
        own = self._thinking.memory.take(question)
        if not answer:
            return
        if guess:
            self._reply = guess
            self._reply.stamp_end_of_turn(latency.speech_ended_s, latency.turn_decided_s or self._now_s())
        else:
            self._reply = self._make_reply(replace(latency, transcribed_s=self._now_s()))
            self._start(self._reply, question, self._history.turns, own)
        if self._user_has_floor:
            self._reply.wait_for_floor()
        else:
            self._reply.take_floor()

    def _as_read(self, text: str) -> tuple[str, str | None]:
        """`text`, and what is asked in it: with the marks that the mind has read, which so need not be read again."""
        question = self._attention.question(text)
        read = self.reading.as_read(question) if question else question
        return (read if read and question == text else text), read

    def _kind_of(self, text: str) -> Words:
        """Of what kind `text`, said up to a pause, is, her name taken off."""
        self._note_own_words()
        if self._own_words.echo_in(text, self._now_s()):
            return Words.ECHO
        if self._attention.listening is Listening.HER_NAME and self._attention.only_calls(text):
            return Words.CALL
        question = self._attention.question(text) or text
        kind = kind_of(question)
        if kind is Words.UNCLEAR and (question != text or self._attention.only_calls(text)):
            return Words.TURN
        return Words.TURN if kind in LITTLE_SAID and self._is_answered_early() else kind

    def _add_user_turn(self, text: str, question: str, typed: bool = False) -> None:
        now_s = self._now_s()
        asked = self._language.to_be_told(self._language.take(question, typed))
        self._emit(UserSpoke(now_s, text, typed))
        self._history.add(Turn("user", question, at_s=now_s, language=asked))

    def _make_reply(self, latency: Latency, aloud: bool = True, language: str = "") -> Reply:
        self._held = False
        self.lowered_voice.start_afresh()
        mouth = self._mouth if self.speaks and aloud else None
        thinking = self._thinking
        language = self._language.of_answer(language or self._language.current)
        return Reply(thinking.mind, thinking.limits, mouth, latency, self._now_s, self._emit, thinking.names, language)

    def _start(self, reply: Reply, text: str, turns: Iterable[Turn], own: Answer | None = None) -> None:
        rest = self._history.last_unheard
        if rest and asks_to_go_on(text):
            reply.start_with(rest)
        else:
            reply.start(partial(self._thinking.messages, tuple(turns)), own)

    def _finish(self, reply: Reply) -> None:
        self._note_own_words()
        self._reply = None
        self.lowered_voice.raise_again()
        text = reply.text
        if text:
            self._history.add(Turn("companion", text, interrupted=reply.fault is not None, at_s=self._now_s()))
            self._emit(ReplyFinished(self._now_s(), text))
            self.reading.catch_up()
        if reply.fault:
            self.fault(reply.fault)
        elif not text:
            self.fault(EngineError("She had no answer to that.", "Say it again, perhaps in other words."))

    def _interrupt(self, reply: Reply) -> None:
        self._note_own_words()
        self._reply = None
        self._held = False
        self.lowered_voice.cut_off()
        heard, unheard = reply.stop()
        self._ending = running(self._ending) | reply.tasks
        self._history.add(Turn("companion", heard, unheard, interrupted=bool(unheard), at_s=self._now_s()))
        self.reading.catch_up()
        if unheard:
            self._emit(ReplyInterrupted(self._now_s(), heard, unheard))
        else:
            self._emit(ReplyFinished(self._now_s(), heard))
        if reply.fault:
            self.fault(reply.fault)

    def _note_own_words(self) -> None:
        if self._reply and self._reply.audible:
            self._own_words.said(self._reply.heard()[0], self._now_s())

    def _is_answered_early(self) -> bool:
        """Whether she is about to finish a question: then a "yeah" is its answer."""
        reply = self._reply
        return reply is not None and reply.asks and len(reply.heard()[1].split()) <= ANSWERS_EARLY_WORDS

    def _give_up_reply_to_typed_line(self) -> None:
        """A line that was typed while the user spoke has its answer interrupted by what was said."""
        if self._reply and self._reply.audible:
            self._interrupt(self._reply)
        else:
            self._drop_unheard_reply()

    def _drop_unheard_reply(self) -> None:
        if self._reply:
            if self._reply.told:
                self._emit(ReplyInterrupted(self._now_s(), "", self._reply.text))
            self._drop(self._reply)
            self._reply = None
        if self._answering:
            self._answering.cancel()
            self._ending = running(self._ending) | {self._answering}
            self._answering = None

    def _drop(self, reply: Reply) -> None:
        reply.stop()
        self._ending = running(self._ending) | reply.tasks
