"""The same mail server in the words of other programs: their files and scripts, with a reference for the secret."""
