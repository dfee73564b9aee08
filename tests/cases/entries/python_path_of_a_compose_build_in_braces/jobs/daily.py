import labelling
import stocktaking  # expect: HW104
