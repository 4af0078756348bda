"""What a conversation keeps, and what it knows of those before it: written down, recalled, asked for, thought over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from companion.coming_back import UNKNOWN, ComingBack, Return
from companion.core.diary import Diary
from companion.core.engines import Embedder, LanguageModel
from companion.core.errors import CompanionError
from companion.core.events import Event
from companion.core.facts import Fact, Facts
from companion.core.persona import Persona
from companion.core.settings import Settings
from companion.core.transcript import History
from companion.her_past import HerPast
from companion.keeping import Keeping, OpenedDiary
from companion.pondering import Pondering
from companion.talk.first_person import from_you
from companion.talk.memory_deeds import Past
from companion.talk.prompt import Prompt
from companion.talk.recollection import Recollection
from companion.talk.remembering import Remembering
from companion.talk.workers import Worker

OpenDiary = Callable[[Settings], OpenedDiary]


class Remembrance:
    """Make and use it on the event loop. Its files are found and read on `worker`, or on threads of their own."""

    def __init__(
        self,
        settings: Settings,
        persona: Persona,
        open_diary: OpenDiary | None,
        embedder: Embedder | None,
        worker: Worker,
        fault: Callable[[CompanionError], None],
        brings_up: bool,
        keeping_chosen: Callable[[bool], None],
    ) -> None:
        """`open_diary`: None keeps nothing and knows of nothing. `brings_up`: she may begin with what was left open.

        `keeping_chosen` is told when the user asks her to keep nothing, or to keep what is said again.
        """
        self._keeping_chosen = keeping_chosen
        self._open_diary = open_diary
        self._settings = settings
        self._keeps = settings.memory.keep
        self._worker = worker
        self._prompt: Prompt | None = None
        self._keeping = Keeping(self._opener(settings), persona.name, fault)
        self._keeping.want(settings.memory.keep)
        self._past = HerPast(self._finder(), embedder, settings.memory.keep_days, self._take_in)
        self._pondering: Pondering | None = None
        self._asked: Remembering | None = None
        self._persona = persona
        self._looking_back = self._look_back(settings, persona, brings_up)

    def look_back(self) -> None:
        """Another conversation begins: `looked_back` is to know of those that ended meanwhile too."""
        self._looking_back = self._look_back(self._settings, self._persona, brings_up=False)

    def between_us(self, private: bool) -> None:
        """What is said from now on stays between the two of them, or does no more; what is wanted stays as it is."""
        self._keeping.be_private(private)
        if self._asked:
            self._asked.between_us(private)

    async def looked_back(self) -> Return:
        """How long it has been, and what there was before. Within a second of the start, or of `become`."""
        return await self._looking_back.result() if self._looking_back else UNKNOWN

    def asked(
        self, history: History, prompt: Prompt, persona: Persona, forgot: Callable[[tuple[str, ...], bool], None]
    ) -> Remembering:
        """What answers the turns that ask something of her memory. `forgot`: see Remembering."""
        self._prompt = prompt
        self._asked = Remembering(self._settled, self._worker, history, prompt, persona.names, self._keep, forgot)
        return self._asked

    def _settled(self) -> Past | None:
        """Her past with what was said a moment ago. Blocking."""
        self._keeping.settle()
        return self._past()

    def recollection(self, prompt: Prompt) -> Recollection:
        """What brings to mind what was said before."""
        return Recollection(self._past.memory, self._worker, prompt)

    def think_over(self, mind: Callable[[], LanguageModel | None]) -> None:
        """From now on, think over what was said while nobody speaks, with `mind` once it is there."""
        self._pondering = Pondering(self._past, self._worker, mind)

    def beside(self, emit: Callable[[Event], None]) -> Callable[[Event], None]:
        """`emit`, and what it is told is kept, and thought over later."""

        def take(event: Event) -> None:
            emit(event)
            self._keeping.take(event)
            if self._pondering:
                self._pondering.take(event)

        return take

    def keeps(self) -> bool:
        """Whether what is said just now is kept."""
        return self._keeping.keeps

    def want(self, wanted: bool) -> None:
        """Keep what is said from now on, or keep it no more."""
        self._keeping.want(wanted)
        if wanted != self._keeps:
            self._keeps = wanted
            self._past.become(self._finder())

    def become(self, settings: Settings, persona: Persona) -> None:
        """She is another: what is said from now on is said with her, and what she remembers is hers."""
        self._settings, self._persona = settings, persona
        self._keeping.become(persona.name, self._opener(settings))
        self._past.become(self._finder())
        self._looking_back = self._look_back(settings, persona, brings_up=True)
        if self._asked:
            self._asked.become(persona.names)

    async def close(self) -> None:
        """Write what is left, and let go of all that is open."""
        if self._pondering:
            await self._pondering.close()
        self._keeping.close()

    def _look_back(self, settings: Settings, persona: Persona, brings_up: bool) -> ComingBack | None:
        if not self._open_diary or not settings.memory.keep:
            return None
        return ComingBack(partial(_look_into, settings), persona.name, brings_up)

    def _take_in(self, kept: Sequence[Fact]) -> None:
        """Of what was thought over: how a long conversation went so far, for when its beginning is dropped."""
        for fact in kept:
            if self._prompt and fact.kind == "episode":
                self._prompt.sum_up(from_you(fact.statement))

    def _keep(self, wanted: bool) -> None:
        self._keeping.be_private(not wanted)
        if wanted:
            self.want(True)
        self._keeping_chosen(wanted)

    def _opener(self, settings: Settings) -> Callable[[], OpenedDiary] | None:
        return partial(self._open_diary, settings) if self._open_diary else None

    def _finder(self) -> Callable[[], Path | None]:
        return partial(_file_of, self._settings) if self._open_diary and self._keeps else lambda: None


def _file_of(settings: Settings) -> Path:
    from companion.diaries import prepared_file

    return prepared_file(settings)


def _look_into(settings: Settings) -> tuple[Diary, Facts]:
    from companion.memory.facts import open_facts
    from companion.memory.store import open_diary

    file = _file_of(settings)
    diary = open_diary(file)
    try:
        return diary, open_facts(file)
    except CompanionError:
        diary.close()
        raise
