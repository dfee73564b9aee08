import trainkit
