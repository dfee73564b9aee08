#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "model/python_environment.h"
#include "model/resolution.h"
#include "model/syntax_tree.h"

namespace headwater::attribute {

/// What the path finder found under a dotted name.
struct FoundModule {
  std::string name;  // dotted
  std::string file;  // absolute; empty for namespace packages and built-in modules
  ModuleKind kind = ModuleKind::kSource;
  ModuleOrigin origin = ModuleOrigin::kFirstParty;
  bool is_package = false;  // has a `__path__`
  bool is_unseen = false;   // is there, for all that one knows: anything may be in it
  bool is_closed = false;   // its code is not run: nothing is known of its names
  bool may_fail = false;    // for what its code does not tell
  bool is_nested_namespace() const {
    return kind == ModuleKind::kNamespacePackage && name.find('.') != std::string::npos;
  }
};

/// A module's text as a tree, or why CPython does not compile it.
struct ParsedModule {
  SyntaxTree tree;
  uint32_t error_line = 0;  // 1-based; 0: it compiles
  bool was_read = true;     // false: cannot be opened, so nothing is known of it
};

/// The names of a module whose code is not run: those of the standard library.
struct OpaqueNames {
  std::unordered_set<std::string> names;     // certainly or possibly bound
  std::unordered_set<std::string> possible;  // on other platforms or in other builds
  std::vector<std::string> exports;          // what `from m import *` binds
  bool has_hidden_names = false;             // more names may be there than `names` has
  bool has_hidden_exports = false;
};

/// Whether `importlib.metadata` finds a distribution.
enum class DistributionState : uint8_t { kInstalled, kAbsent, kUnknown };

/// What a simulation asks of the world around it. Thread safe; what it gives lives as long as it.
class ModuleSource {
 public:
  virtual ~ModuleSource() = default;

  /// A top-level module; nullptr: certainly nowhere on the search path.
  virtual const FoundModule* find_top(std::string_view name) const = 0;
  /// `last` on the `__path__` of `parent`, or what a parent without one puts into sys.modules;
  /// nullptr: certainly absent.
  virtual const FoundModule* find_in(const FoundModule& parent, std::string_view last) const = 0;
  /// The text of a module with a `.py` file.
  virtual const ParsedModule& parse(const FoundModule& module) const = 0;
  /// The names of a standard library module, built-in ones included.
  virtual const OpaqueNames& opaque_names(const FoundModule& module) const = 0;
  /// Whether a standard library module has no such name, whatever the platform and the build.
  virtual bool library_lacks(const FoundModule& module, std::string_view name) const = 0;
  /// Dotted names of modules that `module` may load when it is asked for a name that it may or may
  /// not have.
  virtual std::vector<std::string> loaded_on_demand(const FoundModule& module,
                                                    std::string_view name) const = 0;
  /// Whether a distribution had a module of this name, whose file is gone.
  virtual bool is_lost(std::string_view dotted) const = 0;
  /// Of the distribution with this PEP 503 name.
  virtual DistributionState distribution(std::string_view normalized_name) const = 0;
  /// Whether a module is in sys.modules before the first import.
  virtual bool is_startup(std::string_view name) const = 0;
  /// Whether code that runs before a script's folder is on the search path may have loaded the
  /// standard library's module of this top-level name, so that no file hides it.
  virtual bool may_be_loaded_at_start(std::string_view name) const = 0;
  /// Whether a file of the search path hides a standard library module, so that the library's own
  /// imports may meet it.
  virtual bool library_is_shadowed() const = 0;
  virtual PythonVersion version() const = 0;
  /// sys.platform: "linux", "darwin", "win32".
  virtual std::string_view platform() const = 0;
};

}  // namespace headwater::attribute
