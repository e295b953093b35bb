"""The addresses, a file for each thing that programs ask for."""
