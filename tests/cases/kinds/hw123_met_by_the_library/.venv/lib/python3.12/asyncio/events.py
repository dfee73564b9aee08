import selectors
