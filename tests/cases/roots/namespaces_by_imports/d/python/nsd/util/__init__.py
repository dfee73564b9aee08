from nsd.pkg import mod
