"""`make demo`: one port-in on the terminal, on a Docket that is started for it and thrown away after it."""
