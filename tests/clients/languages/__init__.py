"""The receivers of other languages, run by `python -m tests.clients.languages`."""
