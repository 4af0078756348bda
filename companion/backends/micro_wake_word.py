"""Wake words by microWakeWord (Apache-2.0), the models in the package pymicro-wakeword; there is none for "Samantha".

Measured: 0.2 % of one core. With Piper's joe and three espeak voices each phrase fires nearly always ("hey jarvis"
with only two of the four voices), and none at "hey Samantha"; but "Okay, now what?" does pass for "okay nabu".
"""

from __future__ import annotations

import numpy as np

from companion.core.audio import Samples
from companion.core.engines import EngineInfo
from companion.core.errors import EngineError

REFRACTORY_SAMPLES = 16_000
"""One phrase scores high for several steps: for this long it is not noticed again."""


class MicroWakeWord:
    """WakeWord for one of "okay_nabu", "hey_jarvis", "hey_mycroft", "alexa"."""

    def __init__(self, name: str) -> None:
        """Raises EngineError if the package is not installed, does not run here, or has no model `name`."""
        try:
            import pymicro_wakeword
        except ImportError as error:
            raise EngineError(
                "The wake word needs the package pymicro-wakeword, which is not installed.",
                "Do `.venv/bin/pip install pymicro-wakeword`, or set talking.wake_word to none.",
            ) from error
        try:
            self._model = pymicro_wakeword.MicroWakeWord.from_builtin(pymicro_wakeword.Model(name))
            self._features = pymicro_wakeword.MicroWakeWordFeatures()
        except (ValueError, OSError) as error:
            raise EngineError(
                f"The wake word {name} does not start.", "Choose another, or set talking.wake_word to none."
            ) from error
        self._name = name
        self._deaf_samples = 0

    def info(self) -> EngineInfo:
        return EngineInfo("wake word", "microWakeWord", self._name)

    @property
    def phrase(self) -> str:
        return self._name.replace("_", " ").title()

    def heard(self, samples: Samples) -> bool:
        self._deaf_samples = max(0, self._deaf_samples - len(samples))
        pcm = np.round(np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes()
        # All are taken in, also while it is deaf: the model's state must follow the sound.
        hits = [bool(self._model.process_streaming(features)) for features in self._features.process_streaming(pcm)]
        if not any(hits) or self._deaf_samples:
            return False
        self._deaf_samples = REFRACTORY_SAMPLES
        return True

    def reset(self) -> None:
        self._model.reset()
        self._features.reset()
        self._deaf_samples = 0
