"""Permission that a school asks for, what the family answers, and signatures that can be proved."""
