"""Proof, one folder a room."""
