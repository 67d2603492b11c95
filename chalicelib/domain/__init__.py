"""The core: orders, journals, subscriptions, cursors, deliveries, reply seals.

Standard library only. No clock, no environment, no input or output: what a function needs is given to it.
"""
