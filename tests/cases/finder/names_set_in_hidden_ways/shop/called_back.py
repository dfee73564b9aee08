list(map(lambda name: globals().update({name: 1}), ["X"]))
