"""What stands after the text: footers of devices, signatures, names."""
