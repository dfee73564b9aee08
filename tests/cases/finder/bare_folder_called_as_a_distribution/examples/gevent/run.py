import gevent.lock
