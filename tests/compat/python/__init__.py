"""Every call of Bandwidth's Python SDK on orders and subscriptions; run by a Python that has the SDK, not Docket."""
