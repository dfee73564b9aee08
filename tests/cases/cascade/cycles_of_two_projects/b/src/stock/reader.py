from stock.writer import WIDTH  # expect: HW121

HEIGHT = 1
