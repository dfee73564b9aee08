from mail.writer import WIDTH  # expect: HW121

HEIGHT = 1
