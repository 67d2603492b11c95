"""Bytes ⇄ commands and documents, in XML and in JSON. Knows the domain; knows nothing of HTTP servers or of tables."""
