#include "attribute/simulation/interpreter.h"

namespace headwater::attribute {

Interpreter::Interpreter(const ModuleSource& source, Atoms& atoms, CodeTable& codes,
                         const Repairs& repairs, const char* stack_limit)
    : source_(source),
      atoms_(atoms),
      codes_(codes),
      repairs_(repairs),
      known_(codes.well_known()),
      stack_limit_(stack_limit) {
  Module* const entry = heap_.module();
  entry->name = known_.main;
  entry->package = known_.empty;
  entry->open = true;
  entry_scope_.module = entry;
  entry_scope_.names = &entry->globals;
  entry_frame_.scope = &entry_scope_;
  entry_frame_.is_module = true;
  version_info_ = heap_.sequence();
  version_info_->items = {Value::integer(source.version().major),
                          Value::integer(source.version().minor), Value::library(),
                          make_string("final"), Value::integer(0)};
}

Value Interpreter::import_module(std::string_view dotted) { return load(atoms_.intern(dotted)); }

bool Interpreter::stack_is_short() const {
  // Stacks grow downwards on every machine that is supported.
  return stack_limit_ != nullptr &&
         static_cast<const char*>(__builtin_frame_address(0)) < stack_limit_;
}

}  // namespace headwater::attribute
