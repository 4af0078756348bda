"""Sentences that people say at home, chosen before anything was measured on them."""

SENTENCES = (
    "What should I cook for dinner tonight?",
    "I had a really long day at work.",
    "Can you remind me to call my mother tomorrow?",
    "It's been raining since early this morning.",
    "My sister is coming to visit on Sunday.",
    "Do you think I should take the job?",
    "I can't find my keys anywhere.",
    "Let's talk about something else.",
    "What was the last thing I told you?",
    "I went for a walk in the park and saw two foxes.",
    "The neighbours were loud again last night.",
    "Tell me a story about the sea.",
    "How do you feel about jazz music?",
    "I think I'm going to bed early tonight.",
    "She said she would be here by half past seven.",
    "I'm a little worried about the exam next week.",
    "Could you say that again more slowly?",
    "We had pasta with lemon and a lot of cheese.",
    "Nothing much happened today, to be honest.",
    "Good night, and thank you for listening to me.",
)

QUESTIONS = (
    "What should I cook for dinner tonight?",
    "Tell me a story about the sea.",
    "How do you feel about jazz music?",
    "What makes a good friend?",
    "Where would you go on holiday?",
    "Why do people like the rain?",
    "What should I read next?",
    "Tell me something about the moon.",
    "What do you think about cats?",
    "How was your day?",
)
"""Each invites an answer of a few sentences."""
