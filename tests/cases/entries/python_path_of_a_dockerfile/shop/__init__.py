import stocktaking
import labelling  # expect: HW104
import zzqx_nobody  # expect: HW104
