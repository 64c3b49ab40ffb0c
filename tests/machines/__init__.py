"""Whole offices put through their paces."""
