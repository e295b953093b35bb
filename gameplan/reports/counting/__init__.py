"""What a district owes the State, counted: pure, without Django and without a clock.

`counted` is one child as the counts know it, `claims` says what of a child a file counts, `file_forms` reads the files
as data (`files/*.toml`), `tally` adds up, `file_text` writes, `edit_checks` says what is wrong, and `public` takes
small numbers out.
"""
