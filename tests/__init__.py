"""Tests that cross features; a feature's own tests lie beside it."""
