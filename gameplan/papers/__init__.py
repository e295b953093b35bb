"""Papers: letters frozen as they were finished, their PDF, and what was sent to whom and when."""
