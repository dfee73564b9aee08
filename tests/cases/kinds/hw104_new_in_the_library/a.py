import annotationlib  # expect: HW104
import compression.zstd  # expect: HW104
import string.templatelib  # expect: HW214
import tomllib
