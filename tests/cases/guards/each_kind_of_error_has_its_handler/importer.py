import name_is_kept
import module_is_kept
import first_raises  # expect: HW141
