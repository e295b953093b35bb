"""States, districts and schools at work: who runs them, their calendars, who is assigned to which child, caseloads."""
