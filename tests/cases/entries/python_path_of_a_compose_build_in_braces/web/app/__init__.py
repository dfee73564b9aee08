import stocktaking
import labelling  # expect: HW104
