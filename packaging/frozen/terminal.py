"""`mailsetup` where Python is frozen into it."""

import door


def main() -> None:
    door.open_aside()
    from mailsetup_gui.cli import program

    program()


main()
