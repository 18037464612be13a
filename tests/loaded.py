"""The whole program, loaded by naming this module; but none of its migrations."""

import gc
import pkgutil
from importlib import import_module

import facilitator

for found in pkgutil.walk_packages(facilitator.__path__, "facilitator."):
    if not found.name.startswith("facilitator.migrations."):
        import_module(found.name)

gc.collect()
gc.freeze()  # what is loaded stays: each copy of this process need not look through it
