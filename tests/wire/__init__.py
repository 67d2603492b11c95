"""What the wire promises: documents as the compatible API has them, the same in XML and in JSON."""
