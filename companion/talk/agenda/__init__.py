"""Time and date, timers, reminders and notes: asked for in a turn and answered without the language model."""
