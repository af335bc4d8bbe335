"""`mailsetup-gui` where Python is frozen into it."""

import door


def main() -> None:
    door.open_reader()
    from mailsetup_gui.desktop.app import program

    program()


main()
