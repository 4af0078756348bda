"""Which device a name means, on a computer without a sound server."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from companion.backends import sound_system
from companion.backends.sound_system import SoundSystem
from companion.core.errors import DeviceError


def device(index: int, name: str, inputs: int = 0, outputs: int = 0) -> dict[str, Any]:
    return {
        "index": index,
        "name": name,
        "max_input_channels": inputs,
        "max_output_channels": outputs,
        "default_samplerate": 44_100.0,
    }


class Computer:
    """Stands for PortAudio: what is plugged in, and which of it is the default."""

    def __init__(self) -> None:
        self.plugged = [device(0, "default", inputs=2, outputs=2), device(1, "USB headset", inputs=1, outputs=2)]
        self.default = SimpleNamespace(device=(0, 0))

    def query_devices(self, index: int | None = None) -> Any:
        return self.plugged if index is None else self.plugged[index]

    def unplug(self) -> None:
        self.plugged = self.plugged[:1]


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> Computer:
    made = Computer()
    monkeypatch.setattr(sound_system, "portaudio", lambda: made)
    return made


def test_the_default_is_taken_as_it_is(computer: Computer) -> None:
    target = SoundSystem().target("microphone", "")
    assert (target.index, target.name, target.rate_hz, target.channels) == (0, "default", 44_100, 2)


def test_a_part_of_the_name_will_do(computer: Computer) -> None:
    assert SoundSystem().target("speaker", "usb").index == 1


def test_no_default(computer: Computer) -> None:
    computer.default = SimpleNamespace(device=(-1, -1))
    with pytest.raises(DeviceError, match="There is no microphone"):
        SoundSystem().target("microphone", "")


def test_the_default_takes_the_place_of_a_device_that_was_there(computer: Computer) -> None:
    system = SoundSystem()
    assert system.target("microphone", "USB headset").index == 1
    computer.unplug()
    assert system.target("microphone", "USB headset").index == 0


def test_of_one_that_never_was_it_does_not(computer: Computer) -> None:
    computer.unplug()
    with pytest.raises(DeviceError, match="USB headset") as caught:
        SoundSystem().target("microphone", "USB headset")
    assert "companion devices" in caught.value.hint
