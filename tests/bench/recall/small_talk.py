"""Talk about nothing in particular, so that what matters is spread thin; put together from parts, always the same."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

EXCHANGES = (
    ("It's {weather} again. I've {chore} and now I'm just {idle}.", "Same here, {weather} since the morning."),
    ("Did you see {show} last night?", "Only the first half. I fell asleep, as always. Was it any good?"),
    ("I had {food} for lunch and I'm still full.", "That sounds nice. I only had {food}, standing up."),
    ("The {thing} broke down this morning.", "Mine does that too. Have you tried switching it off and on?"),
    ("I've been {idle} all evening.", "You've earned it. I've {chore}, so I'll do the same now."),
    ("What are you up to?", "Not much. I've {chore}, and later there's {show}."),
    ("I couldn't find my {item} anywhere, I was late for everything.", "It's always in the last place you look."),
    ("The queue at the {place} was endless.", "I never go to the {place} on that day any more."),
    ("I slept {sleep}.", "Lucky or not, I slept {sleep}, too much on my mind."),
    ("The neighbours are {noise} again.", "Close the window and put some music on."),
    ("Is it as {weather} at your place as here?", "Much the same. I've left my {item} on the bus, of course."),
    ("I tried to make {food} and it went wrong.", "Happens to everybody. Mine was burnt last time."),
    ("Traffic was terrible, I sat there {idle}.", "I walk whenever I can. It clears the head."),
    ("Good night, I'm falling asleep here.", "Sleep well. Talk to you soon."),
    ("How was your day?", "Long, but fine. I've {chore} and I've been to the {place}."),
)
FILLINGS = {
    "weather": ("grey", "raining", "far too warm", "windy", "foggy", "freezing", "muggy", "drizzling"),
    "chore": (
        *("done the laundry", "washed the windows", "hoovered the stairs", "sorted the post", "been shopping"),
        *("taken out the rubbish", "paid the bills", "cleaned the fridge", "changed the sheets", "tidied up"),
    ),
    "idle": ("staring at the wall", "sitting on the sofa", "looking at pictures", "listening to the radio", "yawning"),
    "show": ("that quiz", "the crime series", "the cooking show", "the match", "the film about the bank robbers"),
    "food": ("pasta", "an omelette", "leftovers", "a cheese sandwich", "pumpkin soup", "a salad", "pancakes", "rice"),
    "thing": ("washing machine", "printer", "coffee machine", "lift", "router", "toaster", "doorbell"),
    "item": ("keys", "glasses", "umbrella", "phone", "wallet", "gloves", "headphones"),
    "place": ("post office", "supermarket", "pharmacy", "bank", "hairdresser's", "station"),
    "sleep": ("like a stone", "badly", "for nine hours", "hardly at all", "through the alarm"),
    "noise": ("drilling", "having a party", "arguing", "moving furniture", "hammering"),
}
EXCHANGES_A_SESSION = 6


def small_talk(days: Sequence[date], seed: int) -> Iterator[tuple[datetime, str]]:
    """Turns of two who take turns, between `days`: a third and two thirds of the way to the next."""
    dice = random.Random(seed)
    for day, following in itertools.pairwise(days):
        for part in (1, 2):
            start = datetime.combine(day + (following - day) * part / 3, time(20, 0))
            for number in range(EXCHANGES_A_SESSION):
                for line, text in enumerate(dice.choice(EXCHANGES)):
                    yield start + timedelta(minutes=2 * number + line), _filled(text, dice)


def _filled(text: str, dice: random.Random) -> str:
    return text.format_map({name: dice.choice(words) for name, words in FILLINGS.items()})
