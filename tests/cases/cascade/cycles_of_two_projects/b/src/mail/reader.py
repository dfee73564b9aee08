from mail.writer import WIDTH

HEIGHT = 1
