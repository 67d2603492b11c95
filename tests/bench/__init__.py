"""Speed, measured and never asserted: `make bench` prints figures to compare with earlier ones of the same machine."""
