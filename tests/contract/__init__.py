"""The OpenAPI document held against a running Docket: `make contract`."""
