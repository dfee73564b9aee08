import gdalish
import plain
import gdalish.absent  # expect: HW214
import other  # expect: HW104
