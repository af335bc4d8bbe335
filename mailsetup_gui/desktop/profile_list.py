"""The list of profiles: a glyph and a word for each, never a colour alone."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt

from mailsetup_gui.desktop import theme
from mailsetup_gui.desktop.workspace import Draft, Workspace
from mailsetup_gui.wording.language import _

Index = QModelIndex | QPersistentModelIndex
_STATES = {
    "accepted": ("✓", _("accepted"), "ok"),
    "rejected": ("✕", _("refused"), "fail"),
    "failed": ("✕", _("failing"), "fail"),
    "unknown": ("!", _("unknown"), "warn"),
    "cancelled": ("–", _("cancelled"), "muted"),
}
_UNSAVED = _(", unsaved changes")
_NEVER = ("–", _("never tested"), "muted")


def status(draft: Draft) -> tuple[str, str, str]:
    """(glyph, word, mood) of the last test."""
    last = draft.profile.last_test
    return _STATES.get(last.result, _NEVER) if last else _NEVER


class ProfileModel(QAbstractListModel):
    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._drafts: tuple[Draft, ...] = ()

    def refresh(self) -> None:
        """After any change of the workspace; selections follow by `row_of`."""
        drafts = self._workspace.drafts
        if [d.profile.id for d in drafts] == [d.profile.id for d in self._drafts]:
            self._drafts = drafts
            self.dataChanged.emit(self.index(0), self.index(len(drafts) - 1))
            return
        self.beginResetModel()
        self._drafts = drafts
        self.endResetModel()

    def row_of(self, profile_id: str) -> int:
        return next((row for row, draft in enumerate(self._drafts) if draft.profile.id == profile_id), -1)

    def id_at(self, row: int) -> str:
        return self._drafts[row].profile.id

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        return 0 if parent.isValid() else len(self._drafts)

    def data(self, index: Index, role: int = 0) -> object:
        draft = self._drafts[index.row()]
        glyph, word, mood = status(draft)
        dirty = " *" if self._workspace.is_dirty(draft.profile.id) else ""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{draft.profile.name}{dirty}\n{glyph} {word}"
            case Qt.ItemDataRole.EditRole:
                return draft.profile.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{draft.profile.name}, {word}{_UNSAVED if dirty else ''}"
            case Qt.ItemDataRole.ForegroundRole:
                return theme.mood_colour(mood) if mood == "fail" else None
            case Qt.ItemDataRole.SizeHintRole:
                return QSize(0, 46)
        return None
