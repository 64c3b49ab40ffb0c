"""Tests of the small modules at the top of the package."""
