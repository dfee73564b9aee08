#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headwater::project {

/// A literal of a setup.py: a text, a list of literals, or a table of them.
struct ScriptValue {
  enum class Kind : uint8_t { kUnreadable, kText, kList, kTable };
  Kind kind = Kind::kUnreadable;
  std::string text{};
  std::vector<ScriptValue> items{};  // of a list; those of a table, by `keys`
  std::vector<std::string> keys{};
};

/// What a setup.py says in literals. It is never run: what is computed is not there.
struct SetupScript {
  std::vector<std::pair<std::string, ScriptValue>> arguments;  // of setup(), in source order
  std::vector<std::string> find_where;  // of find_packages() and its like, "" for the default
  std::vector<std::string> extensions;  // names of what `Extension("shop._core", ...)` makes

  /// nullptr where setup() is not given `name`, or no literal.
  const ScriptValue* argument(std::string_view name) const;
};

/// Reads calls of `setup`, `find_packages` and what ends in `Extension`, and the module's variables
/// that hold literals, with `os.path.join` of texts. Any bytes are data.
SetupScript read_script(std::string_view text);

}  // namespace headwater::project
