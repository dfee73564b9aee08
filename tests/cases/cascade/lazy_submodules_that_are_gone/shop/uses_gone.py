from shop import gone
