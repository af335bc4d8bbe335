"""The window: the only room that knows Qt."""

from mailsetup_gui.desktop import speaking

speaking.settle()  # the sentences are asked for when the rest of this room is imported
