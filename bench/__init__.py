"""Measure the server under a room full of phones, on this machine, in bounded time."""
