"""The bench of an hour on the real voice and the real program: it finds an underrun, and none where there is none."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from companion.cli.live_bench import piper_voice
from tests.bench.hour import forced_underrun, open_hour_stage, settings_for
from tests.bench.made_underruns import WHOLE, as_recorded, heard, loud_places, sentences, with_gap
from tests.bench.underruns import RATE_HZ


def test_gaps_are_found_in_the_real_voice_and_nothing_in_it_is_taken_for_one() -> None:
    random = np.random.default_rng(1)
    found = tries = 0
    for wave in islice(sentences(), 12):
        assert heard(as_recorded(wave)) == []
        for at in loud_places(wave, 2, random):
            assert [name for name, act in WHOLE.items() if heard(as_recorded(act(wave, at)))] == []
            breaks = heard(as_recorded(with_gap(0.01)(wave, at)))
            found += len(breaks) == 1 and abs(breaks[0].at_s - at / RATE_HZ) < 0.001
            tries += 1
    assert found >= 0.85 * tries, "a cut at a zero crossing cannot be told from a fade, and is rare"


def test_a_stopped_process_is_found_as_an_underrun(tmp_path: Path) -> None:
    with open_hour_stage(tmp_path, settings_for(large=False), piper_voice()) as (stage, recordings):
        gap = forced_underrun(stage, recordings[0])
        assert gap.kind == "gap"
        assert 0.1 <= gap.length_s <= 0.4
        for recording in recordings:
            duration_s = recording.duration_s
            recording.forget(duration_s - 1.0)
            assert recording.duration_s >= duration_s
            assert len(recording.since(duration_s - 1.0)) == pytest.approx(len(recording.samples), abs=2)
            assert len(recording.since(duration_s)) < len(recording.samples)
