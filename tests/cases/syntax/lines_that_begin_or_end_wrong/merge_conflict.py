import os
<<<<<<< HEAD  # expect: HW301
x = 1
=======
x = 2
>>>>>>> other
