"""mailsetup: prove that your application can send mail."""

__version__ = "0.1.0"
