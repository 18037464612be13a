"""A believable workshop to try things with, and the phones of its room."""
