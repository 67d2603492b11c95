"""Items of the tables ⇄ the domain: one file a noun, two functions each. Stdlib only, no PynamoDB: images too."""

from chalicelib.store.codec.images import entry_of_image, image_of_entry

__all__ = ["entry_of_image", "image_of_entry"]
