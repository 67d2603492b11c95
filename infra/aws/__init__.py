"""What Docket is on AWS: the parts of its stack, and how they are packed. Knows nothing of the one machine."""
