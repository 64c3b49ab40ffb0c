"""Reads of the notices: cases for the ladder, tomorrow's preview, the inbox, counts."""
