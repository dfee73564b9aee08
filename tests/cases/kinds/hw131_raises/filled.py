from filler import fill

fill()
print(FILLED)
