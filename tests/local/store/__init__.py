"""The one-machine store by itself: its file, its writer, its crashes. What ports promise is proved in tests/store."""
