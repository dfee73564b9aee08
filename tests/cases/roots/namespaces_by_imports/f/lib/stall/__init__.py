import stall.store
