"""Two sides, one case: what the family shows, a school that joins, two cases made one, a child who moves.

What lies in several rooms (facts, papers, letters, plans) is put together here; each room changes its own tables.
"""
