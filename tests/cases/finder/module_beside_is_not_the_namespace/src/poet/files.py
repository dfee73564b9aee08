# `poet` has no __init__: it is a namespace package, and its part `core` is another distribution's.
from poet.core.files import File
import poet.files
