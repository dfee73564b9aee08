"""Not declared by trainkit: it may put the module on the path by itself."""
import trainkit
