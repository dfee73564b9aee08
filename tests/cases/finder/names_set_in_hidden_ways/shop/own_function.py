def fill(name):
    globals()[name] = 1


for each in open(__file__).read().split():
    fill(each.strip('"'))
fill("X")
