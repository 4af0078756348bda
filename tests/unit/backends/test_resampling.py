"""From a device's rate to hers: what passes, what does not, how late, and that pieces make no difference."""

from __future__ import annotations

import numpy as np
import pytest

from companion.backends.resampling import HearingBlocks, Thirds
from companion.core.audio import Samples, level_db
from tests.signals import babble, find, tone


def thirds(sound: Samples, piece: int = 480) -> Samples:
    """`sound` at 16 kHz, resampled in pieces."""
    resampler = Thirds()
    pieces = np.split(sound, range(piece, len(sound), piece))
    return np.concatenate([resampler.resample_chunk(one, last=one is pieces[-1]) for one in pieces])


def passed_db(hz: float) -> float:
    """How much of a steady tone comes through."""
    before = tone(1.0, 48_000, hz)
    return level_db(thirds(before)[1_000:-1_000]) - level_db(before)


@pytest.mark.parametrize("hz", [100.0, 1_000.0, 4_000.0, 6_800.0])
def test_speech_passes_untouched(hz: float) -> None:
    assert passed_db(hz) == pytest.approx(0.0, abs=0.1)


@pytest.mark.parametrize("hz", [9_500.0, 12_000.0, 15_900.0, 17_000.0, 23_000.0])
def test_nothing_folds_into_speech(hz: float) -> None:
    assert passed_db(hz) < -65.0


def test_it_is_a_millisecond_late() -> None:
    found = find(babble(1.0, 16_000)[:15_000], thirds(babble(1.0, 48_000)))
    assert found.correlation > 0.999
    assert found.start == 16


@pytest.mark.parametrize("piece", [1, 100, 441, 20_000])
def test_pieces_make_no_difference(piece: int) -> None:
    sound = babble(0.5, 48_000)
    np.testing.assert_allclose(thirds(sound, piece), thirds(sound), atol=1e-6)


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("live", [True, False])
def test_blocks_of_any_rate(rate_hz: int, live: bool) -> None:
    hearing = HearingBlocks(rate_hz, live=live)
    sound = babble(1.0, rate_hz)
    blocks = [block for piece in np.array_split(sound, 100) for block in hearing.feed(piece)] + list(hearing.finish())
    assert {block.shape for block in blocks} == {(320,)}
    assert find(babble(1.0, 16_000)[:15_000], np.concatenate(blocks)).correlation > 0.99
