"""Forms: what is typed, checked, and turned into what the verbs take."""
