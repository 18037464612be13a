"""Counting: ballots in, standings out, exact and in any order the same."""

import os

# before numpy is loaded: a count on every core at once would stop the phones, and is slower where others work
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
