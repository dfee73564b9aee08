class Starred:
    quick = 1
