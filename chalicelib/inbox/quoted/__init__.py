"""Where the quoted part of a text begins."""
