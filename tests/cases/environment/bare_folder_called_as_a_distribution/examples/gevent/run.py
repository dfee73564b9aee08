import gevent.lock  # expect: HW202
