"""Days as they are typed in Spanish in the United States: year first, or month first. Never day first.

Django's own Spanish reads 3/4/2025 as April 3, while every school paper here means March 4.
"""

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%m/%d/%Y"]
