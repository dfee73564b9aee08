#include "attribute/simulation/well_known.h"

namespace headwater::attribute {

WellKnown::WellKnown(Atoms& atoms)
    : empty(atoms.intern("")),
      star(atoms.intern("*")),
      name(atoms.intern("__name__")),
      package(atoms.intern("__package__")),
      spec(atoms.intern("__spec__")),
      doc(atoms.intern("__doc__")),
      loader(atoms.intern("__loader__")),
      builtins(atoms.intern("__builtins__")),
      dict(atoms.intern("__dict__")),
      file(atoms.intern("__file__")),
      cached(atoms.intern("__cached__")),
      path(atoms.intern("__path__")),
      all(atoms.intern("__all__")),
      annotations(atoms.intern("__annotations__")),
      getattr(atoms.intern("__getattr__")),
      class_(atoms.intern("__class__")),
      dir(atoms.intern("__dir__")),
      setattr(atoms.intern("__setattr__")),
      init(atoms.intern("__init__")),
      new_(atoms.intern("__new__")),
      bool_(atoms.intern("__bool__")),
      len(atoms.intern("__len__")),
      exit(atoms.intern("__exit__")),
      f_globals(atoms.intern("f_globals")),
      f_locals(atoms.intern("f_locals")),
      getmodule(atoms.intern("getmodule")),
      globals(atoms.intern("__globals__")),
      init_subclass(atoms.intern("__init_subclass__")),
      module(atoms.intern("__module__")),
      qualname(atoms.intern("__qualname__")),
      main(atoms.intern("__main__")),
      major(atoms.intern("major")),
      metaclass(atoms.intern("metaclass")),
      minor(atoms.intern("minor")),
      set_name(atoms.intern("__set_name__")),
      slots(atoms.intern("__slots__")) {}

}  // namespace headwater::attribute
