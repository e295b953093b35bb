"""People and organisations: who somebody is, where they work, in which roles. Knows nothing of any child."""
