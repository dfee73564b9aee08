try:
    import socketserver
except AttributeError:
    socketserver = None
