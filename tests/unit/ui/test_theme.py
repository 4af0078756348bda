"""Which theme is shown: the chosen one, or the system's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from companion.ui.style import dress
from companion.ui.theme import DAY, NIGHT, choose_theme, current_theme, panel_is_dark


@pytest.fixture(autouse=True)
def system_again(qapp: QApplication) -> Iterator[None]:
    palette, style = qapp.palette(), qapp.style().objectName()
    yield
    choose_theme("system")
    qapp.setStyle(style)
    qapp.setPalette(palette)
    qapp.setStyleSheet("")


def test_what_is_chosen_is_shown_until_the_system_is_chosen(qapp: QApplication) -> None:
    systems = current_theme()
    for choice, theme in (("dark", NIGHT), ("light", DAY), ("system", systems)):
        choose_theme(choice)
        assert current_theme() is theme
        dress(qapp, theme)
        assert qapp.palette().window().color() == QColor(theme.ground)


def test_a_choice_of_ours_says_nothing_about_the_panel(qapp: QApplication) -> None:
    systems = panel_is_dark()
    choose_theme("dark")
    assert not panel_is_dark(), "that ink can be seen on either"
    choose_theme("system")
    assert panel_is_dark() == systems
