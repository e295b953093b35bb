"""What is measured while a plan runs: progress toward goals, and minutes promised against minutes given."""
