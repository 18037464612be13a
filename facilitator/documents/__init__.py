"""Documents: objects in, bytes out."""
