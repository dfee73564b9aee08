#pragma once

#include "attribute/simulation/atoms.h"

namespace headwater::attribute {

/// Atoms of names that the language gives a meaning.
struct WellKnown {
  explicit WellKnown(Atoms& atoms);

  Atom empty, star;
  Atom name, package, spec, doc, loader, builtins, dict, file, cached, path, all, annotations;
  Atom getattr, class_, dir, setattr, init, new_, bool_, len, exit, f_globals, f_locals, getmodule,
      globals, init_subclass, module, qualname, main, major, metaclass, minor, set_name, slots;
};

}  // namespace headwater::attribute
