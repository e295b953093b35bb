"""Other people's formats: school calendars in, deadlines out, the whole case as one zip."""
