"""The window: Qt alone. It folds events into a view and sends intents; engines run in a process of their own."""
