#include "attribute/simulation/interpreter.h"
#include "attribute/simulation/repairs.h"

namespace headwater::attribute {

Error* Interpreter::new_error(const Value& type) {
  Error* const error = heap_.error();
  error->type = type;
  add_frames(*error);
  if (!error->chain.empty()) error->at = error->chain.front();
  if (!handling_.empty()) error->context = handling_.back();
  return error;
}

void Interpreter::add_frames(Error& error) const {
  for (const Frame* frame = frame_; frame != nullptr; frame = frame->below) {
    if (frame->code != nullptr && error.chain.size() < ModuleOutcome::kMaxChain) {
      error.chain.push_back({frame->code->file_number, frame->line});
    }
    if (frame->is_module) return;
  }
}

Value Interpreter::raise(const char* exception, ImportFailureKind kind, Atom module, Atom symbol,
                         Atom name) {
  Error* const error = new_error(exception_class(exception));
  error->kind = kind;
  error->module = module;
  error->symbol = symbol;
  error->name = name;
  if (is_repaired(*error)) return Value::unknown();
  return raise(error);
}

bool Interpreter::pending_is(const char* exception) {
  return pending_ != nullptr && matches(pending_->type, exception_class(exception)) == Truth::kTrue;
}

Error* Interpreter::take_pending() { return std::exchange(pending_, nullptr); }

const Error& root_of(const Error& error) {
  // An explicit raise, or an error that is none of the import system's: the failure that was being
  // handled is behind it (rule 22).
  const Error* cause = &error;
  for (uint32_t step = 0; cause != nullptr && cause->kind == ImportFailureKind::kRaises; ++step) {
    if (step > kLongestContext) return error;
    cause = cause->context;
  }
  return cause == nullptr ? error : *cause;
}

std::string type_name(const Error& error, const Atoms& atoms) {
  if (error.type.is(Tag::kBuiltinClass)) return std::string(exception_name(error.type.number()));
  if (error.type.is(Tag::kClass)) return std::string(atoms.text(error.type.as<Class>()->name));
  return "?";
}

std::string repair_key(const Error& error, const Atoms& atoms) {
  std::string key(1, static_cast<char>('a' + static_cast<int>(error.kind)));
  switch (error.kind) {
    case ImportFailureKind::kMissingModule:
    case ImportFailureKind::kMissingDistribution:
    case ImportFailureKind::kMissingSymbol:
    case ImportFailureKind::kPartialImport:
    case ImportFailureKind::kMissingAttribute:
      // A symbol that is there serves attribute access and `from` imports alike.
      if (error.kind == ImportFailureKind::kMissingAttribute) key[0] = 'b';
      key.append(atoms.text(error.module)).append(1, '\0').append(atoms.text(error.symbol));
      return key;
    default:
      key.append(std::to_string(error.at.file))
          .append(1, ':')
          .append(std::to_string(error.at.line));
      return key.append(atoms.text(error.symbol));
  }
}

bool Interpreter::is_repaired(const Error& error) const {
  return !repairs_.failures.empty() && repairs_.failures.contains(repair_key(error, atoms_));
}

void Interpreter::describe_attribute_error(Error& error) {
  // "module 'm' has no attribute 'x'", as a module's `__getattr__` writes it.
  if (error.message == kNoAtom ||
      matches(error.type, exception_class("AttributeError")) != Truth::kTrue) {
    return;
  }
  std::string_view text = atoms_.text(error.message);
  constexpr std::string_view kPartially = "partially initialized ";
  constexpr std::string_view kModule = "module '";
  constexpr std::string_view kLacks = "' has no attribute '";
  const bool partially = text.starts_with(kPartially);
  if (partially) text.remove_prefix(kPartially.size());
  if (!text.starts_with(kModule)) return;
  text.remove_prefix(kModule.size());
  const size_t middle = text.find(kLacks);
  if (middle == std::string_view::npos) return;
  const std::string_view module = text.substr(0, middle);
  text.remove_prefix(middle + kLacks.size());
  const size_t end = text.find('\'');
  if (end == std::string_view::npos || module.find('\'') != std::string_view::npos) return;
  error.kind = partially ? ImportFailureKind::kPartialImport : ImportFailureKind::kMissingAttribute;
  error.module = atoms_.intern(module);
  error.symbol = atoms_.intern(text.substr(0, end));
}

}  // namespace headwater::attribute
