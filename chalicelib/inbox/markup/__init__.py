"""The HTML of a mail as lines of text, without what its program marked as quote or signature."""
