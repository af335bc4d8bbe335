"""Certificates and truststores."""
