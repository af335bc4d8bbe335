"""The application that is set up."""
