"""trainkit is whole; numcore, which it requires and imports, is absent."""
import trainkit.loop  # expect: HW141
