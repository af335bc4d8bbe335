"""python -m mailsetup_gui.cli"""

from mailsetup_gui.cli import program

if __name__ == "__main__":
    program()
