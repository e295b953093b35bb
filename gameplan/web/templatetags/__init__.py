"""What templates can say: `{% load look %}`."""
