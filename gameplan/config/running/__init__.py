"""What a running program tells whoever runs it: lines of a log, health, numbers. Never anything of a child."""
