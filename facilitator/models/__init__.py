"""The things a workshop is made of, and what can be done with them."""
