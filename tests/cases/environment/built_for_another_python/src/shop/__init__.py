import numcore
import numcore._speed  # expect: HW213
