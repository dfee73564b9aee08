import os

import alpha
import beta_core

if os.environ.get("SPEED"):
    import epsilon

if False:
    import epsilon
