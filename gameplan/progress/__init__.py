"""Did it work? What is measured of a child, the minutes that were given, extra help in class, and reports on it."""
