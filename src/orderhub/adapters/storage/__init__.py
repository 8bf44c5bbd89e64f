"""Where the bytes of files lie, behind `domain/files/ports.py`."""
