"""Days as they are typed in English in the United States: year first, or month first."""

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%m/%d/%Y"]
