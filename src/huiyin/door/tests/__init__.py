"""The door: each point of the rules it keeps."""
