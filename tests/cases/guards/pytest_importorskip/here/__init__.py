"""Has nothing."""
