"""The folder that goes on the PYTHONPATH of a server that must reach nothing but this machine."""

ATTEMPTS_VARIABLE = "REFUSED_ATTEMPTS"
"""Environment variable: the file to which each refused attempt is written."""
