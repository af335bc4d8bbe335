"""What the administrator wants: the mail server, its profiles, its password."""
