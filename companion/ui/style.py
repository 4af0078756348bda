"""The look of Qt's own widgets: one sheet for day and night."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from companion.core.paths import shipped
from companion.ui.theme import Theme, blend


def dress(app: QApplication, theme: Theme) -> None:
    """Give all windows of `app` the look of `theme`; again, when the theme changes."""
    app.setStyle("Fusion")
    app.setPalette(palette(theme))
    app.setStyleSheet(stylesheet(theme))


def palette(theme: Theme) -> QPalette:
    """The colours of whatever the style sheet does not name."""
    made = QPalette(QColor(theme.raised), QColor(theme.ground))
    role = QPalette.ColorRole
    colours = {
        role.WindowText: theme.text,
        role.Base: theme.raised,
        role.AlternateBase: theme.ground,
        role.Text: theme.text,
        role.ButtonText: theme.text,
        role.PlaceholderText: theme.faint,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
    }
    for name, colour in colours.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(off(theme)))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.line))
    return made


def off(theme: Theme) -> str:
    """What cannot be used at present."""
    return blend(theme.faint, theme.ground, 0.45)


def stylesheet(theme: Theme) -> str:
    """The shapes of widgets.

    A button with the property "primary" is the one to press, with "dangerous" one to think about, with "plain" one
    without a frame: `button.setProperty("primary", True)` before it is shown.
    """
    return _SHEET.substitute(
        ground=theme.ground,
        raised=theme.raised,
        line=theme.line,
        edge=blend(theme.line, theme.text, 0.25),
        text=theme.text,
        faint=theme.faint,
        off=off(theme),
        accent=theme.accent,
        accent_hover=blend(theme.accent, theme.text, 0.12),
        accent_pressed=blend(theme.accent, theme.text, 0.25),
        on_accent=theme.on_accent,
        trouble=theme.trouble,
        hover=blend(theme.raised, theme.accent, 0.07),
        pressed=blend(theme.raised, theme.accent, 0.18),
        look=(shipped("assets") / "look").as_posix(),
        light="night" if theme.dark else "day",
    )


_SHEET = Template("""
* { outline: none; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 6px; }

QPushButton, QToolButton {
    background: $raised; color: $text; border: 1px solid $edge; border-radius: 9px; padding: 7px 15px;
}
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked { background: $pressed; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 6px 14px; }
QPushButton:disabled, QToolButton:disabled { color: $off; background: $ground; border-color: $line; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[primary="true"]:hover { background: $accent_hover; }
QPushButton[primary="true"]:pressed { background: $accent_pressed; }
QPushButton[primary="true"]:focus { border: 2px solid $text; }
QPushButton[primary="true"]:disabled { background: $line; color: $off; border-color: $line; }
QPushButton[dangerous="true"] { color: $trouble; }
QPushButton[dangerous="true"]:disabled { color: $off; }
QPushButton#choice { padding: 7px 10px; }
QPushButton#choice:focus { padding: 6px 9px; }
QToolButton { padding: 6px; }
QToolButton:focus { padding: 5px; }
QToolButton[autoRaise="true"] { background: transparent; border: 1px solid transparent; }
QToolButton[autoRaise="true"]:hover { background: $hover; }
QToolButton[autoRaise="true"]:pressed, QToolButton[autoRaise="true"]:checked { background: $pressed; }
QToolButton[autoRaise="true"]:focus { border: 2px solid $accent; }
QToolButton::menu-indicator { image: none; }
QPushButton[plain="true"], QToolButton[plain="true"] { background: transparent; border: 1px solid transparent; }
QPushButton[plain="true"]:hover, QToolButton[plain="true"]:hover { background: $hover; }
QPushButton[plain="true"]:pressed, QToolButton[plain="true"]:pressed { background: $pressed; }
QPushButton[plain="true"]:focus, QToolButton[plain="true"]:focus { border: 2px solid $accent; }

QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox {
    background: $raised; color: $text; border: 1px solid $edge; border-radius: 9px; padding: 6px 9px;
    selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $faint;
}
QTextEdit, QPlainTextEdit { padding: 3px 5px; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { border: 2px solid $accent; padding: 5px 8px; }
QTextEdit:focus, QPlainTextEdit:focus { border: 2px solid $accent; padding: 2px 4px; }
QLineEdit:disabled, QTextEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
    color: $off; background: $ground; border-color: $line;
}
QLineEdit[wrong="true"], QAbstractSpinBox[wrong="true"], QComboBox[wrong="true"] { border-color: $trouble; }
QKeySequenceEdit QLineEdit { min-width: 9em; }

QComboBox { combobox-popup: 0; padding-right: 28px; }
QComboBox:focus { padding-right: 27px; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url("$look/down.svg"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { border: 1px solid $edge; border-radius: 0; padding: 4px; background: $raised; }
QComboBox QAbstractItemView::item { padding: 4px 6px; min-height: 22px; }

QAbstractSpinBox, QAbstractSpinBox:focus { padding: 6px 26px 6px 0; qproperty-alignment: AlignCenter; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; width: 24px; border: none; background: transparent;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; margin: 3px 3px 0 0; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 3px 3px 0; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; border-radius: 5px; }
QAbstractSpinBox::up-arrow { image: url("$look/up.svg"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url("$look/down.svg"); width: 12px; height: 12px; }

QCheckBox, QRadioButton { spacing: 9px; padding: 3px; border: 1px solid transparent; border-radius: 7px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $accent; padding: 2px; }
QCheckBox:disabled, QRadioButton:disabled { color: $off; }
QCheckBox::indicator, QRadioButton::indicator, QGroupBox::indicator, QAbstractItemView::indicator {
    width: 16px; height: 16px; border: 1px solid $faint; border-radius: 5px; background: $raised;
}
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { background: $pressed; }
QCheckBox::indicator:checked, QGroupBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$look/tick-$light.svg");
}
QRadioButton::indicator:checked {
    border-color: $accent;
    background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5, stop:0.5 $accent, stop:0.62 $raised);
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; background: $line; }

QSlider { min-height: 26px; border: 1px solid transparent; border-radius: 9px; }
QSlider::groove:horizontal { height: 6px; border-radius: 3px; background: $line; }
QSlider::sub-page:horizontal { height: 6px; border-radius: 3px; background: $accent; }
QSlider::handle:horizontal {
    width: 16px; height: 16px; margin: -6px 0; border-radius: 9px; border: 1px solid $accent; background: $raised;
}
QSlider::handle:horizontal:hover { background: $pressed; }
QSlider::handle:horizontal:focus { background: $accent; }
QSlider:focus { border: 2px solid $accent; }
QSlider::sub-page:horizontal:disabled { background: $off; }
QSlider::handle:horizontal:disabled { border-color: $off; background: $ground; }

QProgressBar { border: none; border-radius: 4px; background: $line; min-height: 8px; max-height: 8px; color: $text; }
QProgressBar::chunk { border-radius: 4px; background: $accent; }

QAbstractItemView {
    background: $raised; color: $text; border: 1px solid $line; border-radius: 9px; padding: 4px;
    selection-background-color: $pressed; selection-color: $text;
}
QAbstractItemView:focus { border: 2px solid $accent; padding: 3px; }
QListView::item, QTreeView::item {
    min-height: 20px; padding: 6px 8px; border-radius: 7px; border: 1px solid transparent;
}
QListView::item:hover, QTreeView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected { background: $pressed; color: $text; }
QListView::item:selected:focus, QTreeView::item:selected:focus { border: 1px solid $accent; }
QListView::item:disabled, QTreeView::item:disabled { color: $off; }
QHeaderView::section { background: $ground; color: $faint; border: none; padding: 6px 8px; }

QMenu { background: $raised; color: $text; border: 1px solid $edge; padding: 5px; }
QMenu::item { padding: 7px 26px 7px 30px; border-radius: 6px; }
QMenu::item:selected { background: $pressed; }
QMenu::item:disabled { color: $off; background: transparent; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 16px; height: 16px; left: 8px; }
QMenu::indicator:checked { image: url("$look/chosen.svg"); }
QMenu::right-arrow { image: url("$look/right.svg"); width: 14px; height: 14px; right: 6px; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { border: none; background: transparent; }
QTabBar::tab {
    color: $faint; background: transparent; padding: 8px 13px; border: 1px solid transparent;
    border-bottom: 2px solid transparent; border-top-left-radius: 7px; border-top-right-radius: 7px;
}
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:selected:focus { border: 2px solid $accent; padding: 7px 12px 8px 12px; }
QTabBar::tab:disabled { color: $off; }

QGroupBox { border: 1px solid $line; border-radius: 9px; margin-top: 2ex; padding: 14px 10px 8px 10px; }
QGroupBox::title { subcontrol-origin: margin; left: 12px; padding: 0 4px; color: $faint; }

QScrollArea { border: none; background: transparent; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }

Note, Note[tone="faint"] { color: $faint; }
Note[tone="trouble"] { color: $trouble; }
""")
