import ends  # expect: HW141(cascade)
import goes_on
