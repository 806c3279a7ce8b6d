"""The post: what somebody must be told becomes a letter that waits, and is sent once."""
