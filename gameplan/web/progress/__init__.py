"""What the pages of progress show: goals with their measures, how each stands, and what can be done next."""
