"""What the tests of papers write: a request of September 3, 2025, by Ana's mother."""

from __future__ import annotations

from datetime import date

DAY = date(2025, 9, 3)
TYPED = {
    "child": "Ana Lopez",
    "school": "Oak School",
    "district": "Sample District",
    "concerns": "She guesses at words.",
    "parent": "Rosa Lopez",
    "relation": "mother",
    "phone": "512-555-0142",
    "date": "2025-09-03",
}
