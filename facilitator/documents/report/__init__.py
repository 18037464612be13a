"""The report of a session or a workshop: the facts that may be shown, from which every format is made."""
