import in_one
import in_two
import in_three
import in_four
import in_five  # expect: HW104
