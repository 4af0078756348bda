"""The weights of companion/memory/ranking.py, by logistic regression on the questions that are not held out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from companion.memory.ranking import Candidate, Figures
from tests.bench.recall.dataset import Asked, Conversation

SHRINKING = 1e-4
"""How strongly weights are drawn to zero: there are few questions, and they are all of one hand."""
NEWTON_STEPS = 25

Example = tuple[NDArray[np.float64], NDArray[np.float64]]


def said_of(weighed: Sequence[tuple[Candidate, Figures]], asked: Asked, conversation: Conversation) -> Example:
    """The figures of each candidate, shape (candidates, figures), and whether it answers, 1 or 0."""
    answering = {(turn.speaker, turn.text) for turn in conversation.turns if turn.id in asked.evidence}
    rows = np.array([figures for _, figures in weighed])
    return rows, np.array([float((turn.speaker, turn.text) in answering) for turn, _ in weighed])


def fitted(examples: Sequence[Example]) -> dict[str, float]:
    """The weight of each figure, and the bias, found by Newton's method."""
    rows = np.concatenate([figures for figures, _ in examples])
    answers = np.concatenate([answers for _, answers in examples])
    scale = rows.std(axis=0) + 1e-9
    inputs = np.hstack([rows / scale, np.ones((len(rows), 1))])
    shrinking = np.diag([SHRINKING * len(rows)] * rows.shape[1] + [0.0])
    weights = np.zeros(inputs.shape[1])
    for _ in range(NEWTON_STEPS):
        guess = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        slope = inputs.T @ (guess - answers) + shrinking @ weights
        weights -= np.linalg.solve((inputs * (guess * (1 - guess))[:, np.newaxis]).T @ inputs + shrinking, slope)
    names = (*Figures._fields, "bias")
    return dict(zip(names, np.round(weights / np.append(scale, 1.0), 2).tolist(), strict=True))
