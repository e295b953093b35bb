"""The law: its files, its worked examples, its coverage."""
