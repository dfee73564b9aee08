import nsd.pkg.mod
