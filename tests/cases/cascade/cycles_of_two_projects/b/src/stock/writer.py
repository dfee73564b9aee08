from stock.reader import HEIGHT  # expect: HW121

WIDTH = 1
