"""What both databases must hold to: rivals, kills, repeats."""
