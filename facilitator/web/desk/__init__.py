"""The desk: where people who sign in prepare workshops and run the room."""
