"""The demo office: a made-up city whose year of work is built through the door by its own people."""
