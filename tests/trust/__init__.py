"""The long runs of what SECURITY.md promises."""
