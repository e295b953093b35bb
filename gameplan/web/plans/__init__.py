"""What the pages of plans show: each field with its value, who else wrote there, and what is still lacking."""
