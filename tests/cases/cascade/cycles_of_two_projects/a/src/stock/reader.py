from stock.writer import WIDTH

HEIGHT = 1
