"""A session tried on a copy, with people who are not there."""
