"""Counting: ballots in, standings out, exact and in any order the same."""
