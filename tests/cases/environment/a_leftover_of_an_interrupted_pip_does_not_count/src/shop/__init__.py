import numcore
import numcore.linalg
