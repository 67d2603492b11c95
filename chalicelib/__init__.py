"""Docket: an order desk for phone numbers. Every room below has one reason to exist; see docs/tour.md."""

__version__ = "0.1.0"
