import builtins

run = getattr(builtins, "exec")
run("def raise_from(): pass")
