"""What the pages of extra help in class show: each help with its dose, its measures, its notes, and what is owed."""
