raise ImportError("moved to c")
import here.gone_a  # expect: HW101(optional)
