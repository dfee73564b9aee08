import stocktaking
import zzqx_nobody  # expect: HW104
