"""The settings window: pages generated from the settings tree, with what belongs beside the fields."""
