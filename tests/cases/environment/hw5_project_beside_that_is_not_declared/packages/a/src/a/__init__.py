import a.late
import b
import c
import d  # expect: HW501
import d.more
