#include <algorithm>

#include "attribute/simulation/interpreter.h"
#include "model/requirement.h"

// Code that asks for the metadata of a distribution fails where that is not installed
// (Lib/importlib/metadata/__init__.py).

namespace headwater::attribute {

Value Interpreter::of_distribution_finder(Module& module, Atom name) {
  const DistributionFinder* const finder = distribution_finder(atoms_.text(module.name));
  if (finder == nullptr || module.found->origin == ModuleOrigin::kFirstParty) return Value();
  const std::string_view text = atoms_.text(name);
  if (text == finder->exception) {
    if (const Value bound = module.globals.get(name); !bound.is_absent()) return bound;
    Class* const made = heap_.new_class();
    made->name = name;
    made->bases = {exception_class(finder->base)};
    module.globals.set(name, Value(Tag::kClass, made));
    return Value(Tag::kClass, made);
  }
  if (std::ranges::find(finder->functions, text) == finder->functions.end()) return Value();
  BoundNative* const function = heap_.bound_native();
  function->native = static_cast<uint32_t>(Native::kFindDistribution);
  function->owner = Value(Tag::kModule, &module);
  function->name = name;
  return Value(Tag::kBoundNative, function);
}

Value Interpreter::find_distribution(Module& module, const Arguments& arguments) {
  const DistributionFinder& finder = *distribution_finder(atoms_.text(module.name));
  const Value* asked = nullptr;
  if (!arguments.positional.empty()) {
    asked = &arguments.positional.front();
  } else if (arguments.keywords.size() == 1) {
    asked = &arguments.keywords.front().second;
  }
  std::string_view name;
  if (asked != nullptr && asked->is_string() && arguments.exact) name = text(*asked);
  if (finder.takes_requirements) {
    // A marker may not hold, and an installed version may not do.
    note_may_raise();
    name = name.find(';') == name.npos ? requirement_name(name) : std::string_view();
  }
  const DistributionState state = name.empty()
                                      ? DistributionState::kUnknown
                                      : source_.distribution(normalized_distribution_name(name));
  if (state == DistributionState::kUnknown && guarded_ != nullptr) {
    guarded_->may_raise = guarded_->may_raise_import = true;
  }
  if (state != DistributionState::kAbsent) return Value::library();
  Error* const error = new_error(of_distribution_finder(module, atoms_.intern(finder.exception)));
  error->kind = ImportFailureKind::kMissingDistribution;
  error->module = error->name = atoms_.intern(name);
  return is_repaired(*error) ? Value::library() : raise(error);
}

}  // namespace headwater::attribute
