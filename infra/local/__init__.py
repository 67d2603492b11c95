"""One machine: the triggers of app.py, called with the events that Lambda would bring, over a durable SQLite store."""
