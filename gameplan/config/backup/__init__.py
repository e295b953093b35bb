"""Backups: one file with everything that is kept, whole or not there; and back again, all of it or nothing.

A plain backup is a zip file whose last line is the hash of all before it. With a passphrase the same zip is sealed
(`seal`). In it lie the database (`sqlite_store`: one file; `postgres_store`: one file a table), and `manifest.json`,
which says what is there and how much of it. Keys are never in it unless asked for: they belong somewhere else (`keys`).
"""
