"""The JVMs of this computer."""
