from mail.reader import HEIGHT  # expect: HW121

WIDTH = 1
