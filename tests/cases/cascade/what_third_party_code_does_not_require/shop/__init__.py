"""Not declared by trainkit: it may put the module on the path by itself, so this may import or fail."""
import trainkit
