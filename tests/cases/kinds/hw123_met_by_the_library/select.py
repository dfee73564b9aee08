CHOICES = []  # expect: HW123
