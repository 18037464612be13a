"""Settings of the property tests."""

from hypothesis import settings

# the first count in a process loads numpy's linear algebra: no deadline
settings.register_profile("counting", deadline=None)
settings.load_profile("counting")
