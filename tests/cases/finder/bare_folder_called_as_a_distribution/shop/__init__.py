from gevent import monkey
import gevent.pool
import ours.gone  # expect: HW101
