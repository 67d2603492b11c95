"""The mail taken apart: header fields, charsets, parts."""
