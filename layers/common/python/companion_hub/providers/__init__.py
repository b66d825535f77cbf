"""The outside world behind small interfaces: language model, image model, object store, sockets."""
