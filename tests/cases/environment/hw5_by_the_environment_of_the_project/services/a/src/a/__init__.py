import beta
import delta  # expect: HW501
