import stocktaking
import labelling
import counting
import veiled  # expect: HW104
