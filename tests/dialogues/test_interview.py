"""An interview, spoken: pauses, interruptions and second thoughts as in any conversation."""

from __future__ import annotations

from companion.core import events as ev
from companion.core.engines import ReplyLimits
from companion.core.intents import INTERVIEW_ME, Say
from companion.core.persona import Persona
from companion.talk.interview.course import FROM_THE_START
from companion.talk.interview.interviewer import SHALL_I, Interviewer
from companion.talk.interview.questions import OFFER, QUESTIONS
from tests.dialogues.stage import Dialogue, perform
from tests.fakes.engines import Heard
from tests.fakes.scripted_mind import ScriptedMind

FIRST_WORDS_S = 0.2 * len(FROM_THE_START.words.split()) + 3.0
SHE_ASKS_S = 7.0
SHE_OFFERS_S = 25.0


class Interview:
    """A dialogue with an interviewer, and the personas that came of it."""

    def __init__(self, begun: bool = True) -> None:
        self.mind = ScriptedMind(["{}", "A reply."])
        self.interviewer = Interviewer(self.mind, begun=begun)
        self.chosen: list[Persona] = []
        self.interviewer.adopt = self.chosen.append
        self._greeting = FROM_THE_START.words if begun else ""

    async def hear(self, script: list[Heard], *says: str, typed: tuple[tuple[float, str], ...] = ()) -> Dialogue:
        return await perform(
            script,
            says,
            [],
            mind=self.interviewer,
            greeting=self._greeting,
            limits=ReplyLimits(enough_words=6),  # she is terse otherwise, and her questions are whole all the same
            intents=[(at_s, Say(text)) for at_s, text in typed],
            on_event=self.interviewer.beside(lambda event: None),
        )


def answers(count: int) -> list[Heard]:
    return [-FIRST_WORDS_S, *(part for _ in range(count) for part in (1.0, -SHE_ASKS_S))]


async def test_five_spoken_answers_and_a_yes_make_a_persona() -> None:
    interview = Interview()
    done = await interview.hear(
        [*answers(5), -SHE_OFFERS_S, 1.0, -4.0],
        "Not so much.", "Straight out.", "A long walk.", "My uncle, because he listened to me.",
        "Never lie to me.", "Yes, I like her.",
    )  # fmt: skip
    (persona,) = interview.chosen
    assert "They admire their uncle, because he listened to them." in persona.character
    assert persona.boundaries[0] == "You never lie to them"
    replies = [event.text for event in done.of(ev.ReplyFinished)]
    asked = [question.asked for question in QUESTIONS.values()]
    for reply, end in zip(replies, [*asked, SHALL_I, f"{persona.name} from now on."], strict=True):
        assert reply.endswith(end)
    assert not done.of(ev.Faulted)


async def test_an_answer_with_a_pause_in_it_is_one_answer() -> None:
    interview = Interview()
    done = await interview.hear(
        [-FIRST_WORDS_S, 1.0, -0.26, 1.0, -SHE_ASKS_S], "Not so much.", "Not so much. I like my own company."
    )
    assert [turn.text for turn in done.turns if turn.who == "user"] == ["Not so much. I like my own company."]
    assert done.turns[-1].text.endswith(QUESTIONS["manner"].asked)


async def test_who_goes_on_over_her_adds_to_the_answer() -> None:
    interview = Interview()
    done = await interview.hear(
        [-FIRST_WORDS_S, 1.0, -0.8, 1.5, -SHE_ASKS_S], "Not so much, no.", "I like the company of trees and rivers."
    )
    assert [(turn.text, turn.interrupted) for turn in done.turns[2:3]] == [("Good. Then", True)]
    assert done.turns[-1].text.endswith(QUESTIONS["manner"].asked), "it is asked again, and not passed over"


async def test_it_begins_and_ends_within_a_conversation() -> None:
    interview = Interview(begun=False)
    done = await interview.hear(
        [-30.0], typed=((0.1, "Let's start over."), (6.0, "No."), (10.0, INTERVIEW_ME), (20.0, "Stop the interview."))
    )
    said = [turn.text for turn in done.turns if turn.who == "companion"]
    assert said[0] == OFFER and said[2].endswith(QUESTIONS["company"].asked)
    assert not interview.mind.prompts, "the model was asked nothing"
    assert not interview.chosen
