"""Did it work? Progress points, lines and rules of practice, pictures of them, and minutes promised and given.

A pure room: it knows no Django, reads no clock (today is always `on`) and uses the standard library only.
"""
