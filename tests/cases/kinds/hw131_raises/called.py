from calls import need

need("x")
