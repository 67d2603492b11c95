"""Bandwidth's public SDKs, as the registries have them, against a running Docket: `make compat`."""
