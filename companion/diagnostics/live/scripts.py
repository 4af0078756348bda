"""What is said to the agent: everyday turns, sentences with a pause in them, interruptions, and what is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import TypeAlias

import numpy as np

from companion.core.audio import HEARING_RATE_HZ, Samples, seconds, silence
from companion.diagnostics.live import noises
from companion.diagnostics.live.levels import trimmed

Say: TypeAlias = Callable[[str], Samples]
"""Voices a sentence: 16 kHz, at conversation level."""

STORY = (
    "I went for a walk in the park this morning. The sun was out, and the birds were singing in the old trees. "
    "Then a small brown dog came up to me and sat down at my feet. I gave it a piece of bread. "
    "It looked at me for a long time, and then it ran back to the children by the river."
)
"""What she tells where what she says must be known: words that no ear mistakes for others."""

OPENING = "Hello, can you hear me?"
"""Said first and not counted: it warms every part of an agent."""

REQUEST = "Tell me a story about a walk in the park."

TURNS = (
    "What should I cook for dinner tonight, now that it is cold?",
    "I had a really long day at work, and now I am so tired that I can hardly keep my eyes open.",
    "Can you remind me to call my mother tomorrow morning at nine?",
    "It has been raining since early this morning, and the whole garden is under water.",
    "My sister is coming to visit us on Sunday afternoon, and she is bringing her two little boys along.",
    "Do you think that I should really take that new job in the city?",
    "I cannot find my keys anywhere in the house, and I have looked in every single pocket twice.",
    "Let's talk about something else for a while, shall we?",
    "What was the last thing that I told you about my brother and his old car?",
    "I went for a walk by the lake and saw two foxes that were playing in the snow.",
    "The neighbours were very loud again last night, so I slept badly and woke up much too late.",
    "Could you please tell me a short story about the wide sea?",
    "How do you feel about old jazz music from the nineteen thirties?",
    "I think I am going to bed early tonight, with a good book and a cup of tea.",
    "She said that she would be here by half past seven, but I have not heard anything from her yet.",
    "I am a little worried about the exam next week, because I have hardly begun to prepare for it.",
    "Could you say that again a little bit more slowly, please?",
    "We had pasta with lemon and a lot of cheese, and it was the best meal I have had this month.",
    "Nothing much happened today, to be honest with you, except that the bus was late.",
    "What is it that makes somebody a really good and faithful friend?",
    "Where would you go if you had a whole week of holiday and did not have to think about money?",
    "Why do some people like the rain so much that they go out in it?",
    "I just finished a long book about the history of ships, and now I need a new one to read.",
    "Tell me something interesting about the moon that I probably don't know yet.",
    "What do you think about keeping cats in a flat in the middle of the city?",
    "How was your day, and what did you do after breakfast?",
    "My back hurts after working in the garden all day, and I still have to wash all those dishes.",
    "Is it better to get up early in the morning or to stay up late at night?",
    "I would like to learn to play the piano this year, but I do not know if I am too old to begin.",
    "What would be a good present for my father's seventieth birthday?",
    "The train was late again this morning, so I missed the first half of the meeting with my boss.",
    "Do you know how to keep tomatoes fresh for a few days longer?",
    "Last night I dreamed that I could fly over the whole town and look into all the windows.",
    "Can you help me to plan a quiet weekend for two people who like walking and good food?",
    "I have felt a bit lonely since my best friend moved away.",
    "What is the best way to make a strong cup of coffee without a machine?",
    "We are thinking about painting the whole kitchen bright yellow.",
    "How can I stop worrying about small things that do not matter at all in the end?",
    "My daughter starts school in September, and she is so excited that she talks about nothing else.",
    "Thank you very much for listening to me so long this evening.",
)
"""Each takes two to six seconds to say."""

HESITATIONS = (
    ("I was thinking about going to the market, and", "then cooking something nice for all of us."),
    ("My brother called me last night, um,", "and he wants to borrow the car again."),
    ("I didn't go to the party because", "I had to finish a report for work."),
    ("We could take the early train, or", "we could drive there after breakfast."),
    ("When I get home from work,", "I usually take the dog for a walk."),
    ("I would love to go swimming, but", "the water is still much too cold."),
    ("The doctor said that, um,", "I should sleep a little more at night."),
    ("Yesterday we went to the museum and", "looked at the paintings for three hours."),
    ("If the weather is good tomorrow,", "we will have lunch in the garden."),
    ("I bought a new lamp because", "the old one was much too dark."),
    ("She told me about her holiday, um,", "somewhere in the north of Spain."),
    ("I need to buy milk, bread, and", "something for dinner tomorrow evening."),
    ("After the film was over,", "we walked home along the river."),
    ("I like living in the city because", "everything is so close to my house."),
    ("He wanted to tell me something, but", "then the phone rang in the kitchen."),
    ("There is this old song, um,", "that my grandmother used to sing."),
    ("We planted some roses and", "a small apple tree behind the house."),
    ("Before I go to sleep,", "I read a few pages of my book."),
    ("I am learning Italian because", "my best friend comes from Rome."),
    ("The meeting was very long, and", "nobody really knew what to say."),
)
"""Broken off at a comma or after a word that cannot end a sentence."""

BREAKS = (
    ("I would like to know", "how people made bread in the old days."),
    ("Can you tell me", "what I should wear to a winter wedding?"),
    ("My neighbour has a", "very friendly dog with only three legs."),
    ("The thing I like most about", "summer is the long and quiet evenings."),
    ("Do you think that", "it is too late to learn the violin?"),
    ("I was going to", "ask you about the best way to save money."),
    ("We are looking for", "a small flat with a view of the park."),
    ("It is hard to say", "whether he will ever come back."),
    ("My favourite part of", "the story is when the ship comes home."),
    ("What would happen if", "everybody stopped eating meat tomorrow?"),
    ("I have been trying to", "fix the kitchen table for two days."),
    ("The last time we", "met was at a concert in the old town."),
    ("Could you explain to me", "how a sailing boat goes against the wind?"),
    ("I don't know if", "I should call her or write a letter."),
    ("There are so many", "things that I want to see in Japan."),
    ("He is the kind of", "person who never forgets a birthday."),
    ("Please tell me more about", "the animals that live in the desert."),
    ("I wonder how", "long it takes to walk across the country."),
    ("She always makes the", "best soup when somebody is ill."),
    ("What is the name of", "that big lake in the middle of Africa?"),
)
"""Broken off where a person looks for a word."""

INTERRUPTIONS = (
    "Wait.",
    "Stop.",
    "Wait, hold on, I want to say something.",
    "No, that is not what I meant.",
    "Actually, can I ask you something else?",
    "Excuse me, what time is it now?",
    "Hold on a second.",
    "Hey, stop for a moment, please.",
    "Sorry, but I have a question about that.",
    "That reminds me of something that happened yesterday.",
)

BACK_CHANNELS = ("Um-hum.", "Yeah.", "Right.", "Uh-huh.", "Okay.")
"""The first is "mm-hm" as the voices can say it: that they would spell, letter by letter."""

SHORTEST_PAUSE_S = 0.6
LONGEST_PAUSE_S = 0.9
_PAUSES = 7


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to say, and where its pause lies, if it has one, in seconds from its first sound."""

    text: str
    samples: Samples
    pause_from_s: float = 0.0
    pause_to_s: float = 0.0


def everyday(say: Say, count: int) -> list[Line]:
    """Turns of two to six seconds, in order, from the beginning again if there are not enough."""
    return [Line(text, trimmed(say(text))) for text in islice(cycle(TURNS), count)]


def with_pauses(say: Say, count: int) -> list[Line]:
    """Sentences with a silence of 0.6 to 0.9 s in the middle: hesitations and breaks in turn."""
    pairs = [pair for both in zip(HESITATIONS, BREAKS, strict=True) for pair in both]
    return [_broken(say, *pair, _pause_s(number)) for number, pair in enumerate(islice(cycle(pairs), count))]


def interruptions(voices: Sequence[Say], count: int) -> list[Line]:
    """Real speech that wants the floor, from a word to a sentence, the voices in turn."""
    return [
        Line(text, trimmed(voices[(number + number // len(INTERRUPTIONS)) % len(voices)](text)))
        for number, text in enumerate(islice(cycle(INTERRUPTIONS), count))
    ]


def not_interruptions(voices: Sequence[Say], count: int) -> list[Line]:
    """Half sounds of a room (coughs, knocks, a door, clatter), half back-channels, in turn."""
    makers = (noises.cough, noises.knock, noises.cough, noises.door, noises.clatter)
    lines = []
    for number in range(count):
        if number % 2:
            text = BACK_CHANNELS[number // 2 % len(BACK_CHANNELS)]
            voice = voices[number // 2 // len(BACK_CHANNELS) % len(voices)]
            lines.append(Line(text, trimmed(voice(text))))
        else:
            make = makers[number // 2 % len(makers)]
            lines.append(Line(f"({make.__name__})", trimmed(make(number))))
    return lines


def _pause_s(number: int) -> float:
    return SHORTEST_PAUSE_S + (LONGEST_PAUSE_S - SHORTEST_PAUSE_S) * (number % _PAUSES) / (_PAUSES - 1)


def _broken(say: Say, first: str, second: str, pause_s: float) -> Line:
    before, after = trimmed(say(first)), trimmed(say(second))
    whole: Samples = np.concatenate((before, silence(pause_s, HEARING_RATE_HZ), after))
    begin_s = seconds(before, HEARING_RATE_HZ)
    return Line(f"{first} ... {second}", whole, begin_s, begin_s + pause_s)
