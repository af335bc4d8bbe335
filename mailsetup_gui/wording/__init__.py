"""Every sentence that the window and the terminal speak, in one place; foreign text is made harmless here."""
