from os import (  
    path,
    getcwd sep,  # expect: HW301
)
