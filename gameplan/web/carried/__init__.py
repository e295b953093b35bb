"""The pages of bringing cases in: what a batch has, as they show it."""
