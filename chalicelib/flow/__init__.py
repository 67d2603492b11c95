"""The verbs: accept, announce, tell, hear, sweep. What they need of the world is named in ports.py."""
