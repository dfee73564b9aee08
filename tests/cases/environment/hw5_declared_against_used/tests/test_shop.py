import iota
import gamma  # expect: HW501
import epsilon
