"""Papers and private words as they lie in the database: locked with a key of their case, whose root lies elsewhere."""
