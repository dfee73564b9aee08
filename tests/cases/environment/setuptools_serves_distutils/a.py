import distutils.core
from distutils import nothing_that_the_library_has
import imp  # expect: HW104
