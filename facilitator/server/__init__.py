"""The asynchronous front: event streams on the loop, everything else to the WSGI app on a few threads."""
