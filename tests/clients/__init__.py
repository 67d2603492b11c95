"""The receivers that people copy: each language does the same with the same callbacks."""
