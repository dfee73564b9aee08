from q.__main__ import X
