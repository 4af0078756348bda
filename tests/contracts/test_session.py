"""A whole session on real engines."""

from __future__ import annotations

import asyncio
import gc

from companion.app import open_session
from companion.core.settings import Mind, Settings
from companion.sound import typed


async def test_what_was_loaded_is_left_out_of_collections_until_the_session_ends() -> None:
    settings = Settings(mind=Mind(model="smollm2-135m-instruct"))
    async with open_session(settings, typed(None), lambda event: None, lambda text: None) as session:
        await session.engines.mind.loading
        await asyncio.sleep(0)  # what was to follow its loading
        assert gc.get_freeze_count() > 10_000
    assert gc.get_freeze_count() == 0
