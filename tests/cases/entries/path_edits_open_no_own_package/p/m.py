import p.gone  # expect: HW101
import plugin_from_wherever
