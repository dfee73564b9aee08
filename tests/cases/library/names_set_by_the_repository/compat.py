import collections
import collections.abc

collections.Mapping = collections.abc.Mapping
