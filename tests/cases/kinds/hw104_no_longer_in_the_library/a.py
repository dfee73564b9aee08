import distutils.core  # expect: HW104
import imp  # expect: HW104
import queue
