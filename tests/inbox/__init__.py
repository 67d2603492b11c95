"""The inbox: what a person newly wrote, who speaks, what must not become a note."""
