def namedtuple(name, fields):
    return fields


class OrderedDict(dict):
    pass
