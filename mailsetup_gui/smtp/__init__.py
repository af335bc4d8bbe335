"""The dialogue with the mail server; no Qt, no certificates beyond their bytes."""
