"""The questions: what is asked in which order, and how each answer becomes facts on the timeline."""
