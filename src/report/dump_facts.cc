#include "report/dump_facts.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/json_ascii.h"

namespace headwater::report {
namespace {

constexpr std::array kScopes = {"module", "class", "function"};
// By NameState; the oracle of the dump does not tell what never runs.
constexpr std::array kStates = {"", "always", "maybe", "declared", "deleted", "maybe"};
constexpr std::array kKinds = {"import",   "assign", "annotated", "declared", "augmented",
                               "function", "class",  "for",       "with",     "except-as",
                               "match",    "walrus", "type",      "global",   "del"};
static_assert(kKinds.size() == static_cast<size_t>(BindingKind::kDelete) + 1);

struct Bit {
  uint16_t bit;
  const char* name;
};
constexpr std::array kGuardNames = {Bit{kGuardConditional, "conditional"},
                                    Bit{kGuardElse, "else"},
                                    Bit{kGuardExcept, "except"},
                                    Bit{kGuardFinally, "finally"},
                                    Bit{kGuardSuppress, "suppress"},
                                    Bit{kGuardTryImportError, "try-import-error"},
                                    Bit{kGuardTypeChecking, "type-checking"}};
constexpr std::array kMarkerNames = {
    Bit{kDynamicDict, "__dict__"},   Bit{kDynamicPath, "__path__"},
    Bit{kDynamicEval, "eval"},       Bit{kDynamicExec, "exec"},
    Bit{kDynamicGlobals, "globals"}, Bit{kDynamicLocals, "locals"},
    Bit{kDynamicSetattr, "setattr"}, Bit{kDynamicSysModules, "sys.modules"},
    Bit{kDynamicVars, "vars"}};

template <typename Enum>
size_t index(Enum value) {
  return static_cast<size_t>(value);
}

/// CPython's words where it has one message, the kind of error where it has many.
const char* error_text(SyntaxErrorKind kind) {
  switch (kind) {
    case SyntaxErrorKind::kEncoding:
      return "SyntaxError: (unicode error) cannot decode the source";
    case SyntaxErrorKind::kNullByte:
      return "SyntaxError: source code cannot contain null bytes";
    case SyntaxErrorKind::kLexical:
    case SyntaxErrorKind::kBracket:
    case SyntaxErrorKind::kGrammar:
    case SyntaxErrorKind::kCompileRule:  // such a file parses: never asked for
      return "SyntaxError: invalid syntax";
    case SyntaxErrorKind::kIndentation:
      return "IndentationError: inconsistent indentation";
  }
  return "SyntaxError: invalid syntax";
}

void append_number(std::string& out, const char* key, uint64_t value) {
  out += key;
  out += std::to_string(value);
}

template <typename Names>
void append_bits(std::string& out, const Names& names, uint16_t set) {
  const char* separator = "";
  out += '[';
  for (const Bit& entry : names) {
    if ((set & entry.bit) == 0) continue;
    out += separator;
    out += '"';
    out += entry.name;
    out += '"';
    separator = ",";
  }
  out += ']';
}

void append_alias(std::string& out, const FileFacts& facts, const ImportedName& imported) {
  if (imported.has_as) {
    append_json_ascii(out, facts.name(imported.as_name));
  } else {
    out += "null";
  }
}

/// The members of an import's row; `full` adds what `dump facts` has beyond the oracle's rows.
void append_import(std::string& out, const FileFacts& facts, const Import& import,
                   std::string_view file, bool full) {
  out += '{';
  if (!import.is_from) {
    out += "\"asname\":";
    append_alias(out, facts, facts.imported_names()[import.first_name]);
    out += ',';
  }
  if (full) {
    append_number(out, "\"column\":", import.column);
    append_number(out, ",\"end\":", import.end);
  } else {
    append_json_ascii_path(out, "file", file);
  }
  out += ",\"guards\":";
  append_bits(out, kGuardNames, import.guards);
  out += import.is_from ? ",\"kind\":\"from\"" : ",\"kind\":\"import\"";
  if (full) out += import.is_lazy ? ",\"lazy\":true" : ",\"lazy\":false";
  append_number(out, ",\"level\":", import.level);
  append_number(out, ",\"line\":", import.line);
  out += ",\"module\":";
  append_json_ascii(out, facts.name(import.module));
  out += ",\"names\":[";
  for (uint32_t i = 0; import.is_from && i < import.name_count; ++i) {
    const ImportedName& imported = facts.imported_names()[import.first_name + i];
    out += i > 0 ? ",[" : "[";
    append_json_ascii(out, facts.name(imported.name));
    out += ',';
    append_alias(out, facts, imported);
    out += ']';
  }
  if (full) {
    append_number(out, "],\"offset\":", import.offset);
    if (import.is_probed) out += ",\"probed\":true";
    if (import.handler_ends) out += ",\"handler_ends\":true";
    if (import.handler_keeps_others) out += ",\"handler_keeps_others\":true";
    if (import.never_runs) out += ",\"never_runs\":true";
  }
  out += full ? ",\"scope\":\"" : "],\"scope\":\"";
  out += kScopes[index(import.scope)];
  out += "\"}";
}

void append_exports(std::string& out, const FileFacts& facts) {
  out += "\"all\":";
  if (facts.exports_state == ExportsState::kAbsent) {
    out += "null";
  } else if (facts.exports_state == ExportsState::kDynamic) {
    out += "\"dynamic\"";
  } else {
    const char* separator = "[";
    for (const NameId name : facts.exports()) {
      out += separator;
      append_json_ascii(out, facts.name(name));
      separator = ",";
    }
    out += facts.exports().empty() ? "[]" : "]";
  }
}

void append_binds(std::string& out, const FileFacts& facts) {
  out += ",\"binds\":[";
  const char* separator = "[";
  for (const Binding& binding : facts.bindings()) {
    append_number(out, separator, binding.line);
    out += ',';
    append_json_ascii(out, facts.name(binding.name));
    out += ",\"";
    out += kKinds[index(binding.kind)];
    out += binding.conditional ? "\",true]" : "\",false]";
    separator = ",[";
  }
  out += ']';
}

void append_states(std::string& out, const FileFacts& facts) {
  std::vector<NameId> sorted;
  for (uint32_t i = 0; i < facts.name_states().size(); ++i) {
    if (facts.name_states()[i] != NameState::kNone) sorted.push_back(NameId{i});
  }
  std::ranges::sort(sorted, {}, [&](NameId id) { return facts.name(id); });
  out += ",\"names\":{";
  const char* separator = "";
  for (const NameId id : sorted) {
    out += separator;
    append_json_ascii(out, facts.name(id));
    out += ":\"";
    out += kStates[index(facts.name_states()[static_cast<uint32_t>(id)])];
    out += '"';
    separator = ",";
  }
  out += '}';
}

void append_stars(std::string& out, const FileFacts& facts) {
  out += ",\"stars\":[";
  const char* separator = "[";
  for (const StarImport& star : facts.stars()) {
    const Import& import = facts.imports()[star.import];
    append_number(out, separator, import.line);
    append_number(out, ",", import.level);
    out += ',';
    append_json_ascii(out, facts.name(import.module));
    out += star.conditional ? ",true]" : ",false]";
    separator = ",[";
  }
  out += ']';
}

void append_string_references(std::string& out, const FileFacts& facts) {
  out += ",\"string_references\":[";
  const char* separator = "{\"column\":";
  for (const StringReference& reference : facts.string_references()) {
    append_number(out, separator, reference.column);
    out += ",\"guards\":";
    append_bits(out, kGuardNames, reference.guards);
    append_number(out, ",\"line\":", reference.line);
    out += ",\"module\":";
    append_json_ascii(out, facts.name(reference.module));
    append_number(out, ",\"offset\":", reference.offset);
    out += ",\"scope\":\"";
    out += kScopes[index(reference.scope)];
    out += "\"}";
    separator = ",{\"column\":";
  }
  out += ']';
}

void append_string_uses(std::string& out, const FileFacts& facts) {
  out += ",\"string_uses\":[";
  const char* separator = "{\"column\":";
  for (const StringUse& use : facts.string_uses()) {
    append_number(out, separator, use.column);
    out += ",\"key\":";
    append_json_ascii(out, facts.name(use.key));
    append_number(out, ",\"line\":", use.line);
    out += ",\"name\":";
    append_json_ascii(out, facts.name(use.name));
    out += use.is_optional ? ",\"optional\":true}" : ",\"optional\":false}";
    separator = ",{\"column\":";
  }
  out += ']';
}

void append_attribute_reads(std::string& out, const FileFacts& facts) {
  out += ",\"attribute_reads\":[";
  const char* separator = "{\"line\":";
  for (const AttributeRead& read : facts.attribute_reads()) {
    append_number(out, separator, read.line);
    out += ",\"path\":";
    append_json_ascii(out, facts.name(read.path));
    out += '}';
    separator = ",{\"line\":";
  }
  out += ']';
}

/// Of a notebook: the line of its text at which each code cell begins, by cell.
void append_cells(std::string& out, const FileFacts& facts) {
  out += ",\"cells\":";
  const char* separator = "[";
  for (const NotebookCell& cell : facts.cells()) {
    append_number(out, separator, cell.first_line);
    separator = ",";
  }
  out += ']';
}

void append_version(std::string& out, uint16_t version) {
  append_number(out, "\"", version / 256u);
  append_number(out, ".", version % 256u);
  out += '"';
}

void append_run_conditions(std::string& out, const FileFacts& facts) {
  constexpr std::array kPlatforms = {Bit{kDarwin, "darwin"}, Bit{kLinux, "linux"},
                                     Bit{kOtherPlatform, "other"}, Bit{kWin32, "win32"}};
  out += ",\"run_conditions\":";
  const char* separator = "[{\"before\":";
  for (const RunCondition& condition : facts.run_conditions()) {
    const RunWindow& window = condition.window;
    out += separator;
    if (window.before == UINT16_MAX) {
      out += "null";
    } else {
      append_version(out, window.before);
    }
    append_number(out, ",\"import\":", condition.import);
    out += window.only_as_script ? ",\"only_as_script\":true" : ",\"only_as_script\":false";
    out += ",\"platforms\":";
    append_bits(out, kPlatforms, window.platforms);
    out += ",\"since\":";
    append_version(out, window.since);
    out += condition.is_whole ? ",\"whole\":true}" : ",\"whole\":false}";
    separator = ",{\"before\":";
  }
  out += ']';
}

/// What `ast.parse` takes has a tree, and so rows, even if `compile` refuses it later.
bool has_tree(const FileFacts& facts) {
  return facts.syntax_faults().empty() ||
         facts.syntax_faults().front().kind == SyntaxErrorKind::kCompileRule;
}

void append_compile_error(std::string& out, const FileFacts& facts) {
  const SyntaxFault& fault = facts.syntax_faults().front();
  append_number(out, ",\"compile_error\":{\"column\":", fault.column);
  append_number(out, ",\"line\":", fault.line);
  out += ",\"message\":";
  append_json_ascii(out, facts.name(fault.message));
  out += '}';
}

bool append_error(std::string& out, std::string_view file, const FileFacts& facts) {
  if (has_tree(facts)) return false;
  const SyntaxFault& fault = facts.syntax_faults().front();
  out += "{\"error\":";
  if (fault.message == NameId{UINT32_MAX}) {
    append_json_ascii(out, error_text(fault.kind));
  } else {
    const char* const type =
        fault.kind == SyntaxErrorKind::kIndentation ? "IndentationError: " : "SyntaxError: ";
    append_json_ascii(out, type + std::string(facts.name(fault.message)));
  }
  out += ',';
  append_json_ascii_path(out, "file", file);
  append_number(out, ",\"line\":", fault.line);
  out += "}\n";
  return true;
}

}  // namespace

void append_imports_json(std::string& out, std::string_view file, const FileFacts& facts) {
  if (append_error(out, file, facts)) return;
  for (const Import& import : facts.imports()) {
    append_import(out, facts, import, file, false);
    out += '\n';
  }
}

void append_bindings_json(std::string& out, std::string_view file, const FileFacts& facts) {
  if (append_error(out, file, facts)) return;
  out += '{';
  append_exports(out, facts);
  append_binds(out, facts);
  out += ",\"dynamic\":";
  append_bits(out, kMarkerNames, facts.dynamic_markers);
  out += ',';
  append_json_ascii_path(out, "file", file);
  out += facts.has_getattr ? ",\"getattr\":true" : ",\"getattr\":false";
  append_states(out, facts);
  append_stars(out, facts);
  out += "}\n";
}

void append_facts_json(std::string& out, std::string_view file, const FileFacts& facts) {
  if (!append_error(out, file, facts)) append_known_facts_json(out, file, facts);
}

void append_known_facts_json(std::string& out, std::string_view file, const FileFacts& facts) {
  out += '{';
  append_exports(out, facts);
  append_binds(out, facts);
  if (!facts.cells().empty()) append_cells(out, facts);
  if (!facts.syntax_faults().empty() && has_tree(facts)) append_compile_error(out, facts);
  out += ",\"dynamic\":";
  append_bits(out, kMarkerNames, facts.dynamic_markers);
  out += ',';
  append_json_ascii_path(out, "file", file);
  out += facts.has_getattr ? ",\"getattr\":true" : ",\"getattr\":false";
  out += ",\"hash\":\"";
  for (int shift = 60; shift >= 0; shift -= 4) {
    out += "0123456789abcdef"[facts.content_hash >> shift & 15];
  }
  out += "\",\"imports\":[";
  const char* separator = "";
  for (const Import& import : facts.imports()) {
    out += separator;
    append_import(out, facts, import, file, true);
    separator = ",";
  }
  out += ']';
  if (!facts.run_conditions().empty()) append_run_conditions(out, facts);
  append_states(out, facts);
  append_stars(out, facts);
  append_string_references(out, facts);
  append_string_uses(out, facts);
  if (!facts.attribute_reads().empty()) append_attribute_reads(out, facts);
  out += "}\n";
}

}  // namespace headwater::report
