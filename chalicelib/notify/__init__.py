"""The way out: what subscribers are sent, how it is signed, and which addresses may be reached at all."""
