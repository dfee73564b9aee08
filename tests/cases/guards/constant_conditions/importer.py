"""What never runs fails nothing, and leaves nothing open."""
import quiet
