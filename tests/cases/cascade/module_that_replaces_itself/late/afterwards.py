from late import Later
