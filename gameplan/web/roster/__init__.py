"""What the pages of a roster show: what a file would change, in words."""
