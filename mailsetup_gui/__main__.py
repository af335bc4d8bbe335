"""The double-click door: python -m mailsetup_gui."""

from mailsetup_gui.desktop.app import program

if __name__ == "__main__":
    program()
