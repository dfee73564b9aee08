"""JSON with a faster writer where there is one."""

import json

try:
    import quickjson
except ImportError:
    quickjson = None


def encode(value):
    return quickjson.dumps(value) if quickjson else json.dumps(value, sort_keys=True)
