"""The schedule → sweep."""

from chalicelib.wiring import Services


def sweep(services: Services) -> None:
    """Everything that is due until now."""
    services.sweep()
