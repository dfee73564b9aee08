if False:
    from limits import *
