#pragma once

#include <tbb/concurrent_unordered_map.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/file_system.h"
#include "model/class_outline.h"
#include "model/distribution_index.h"
#include "model/project_layout.h"
#include "model/scanned_tree.h"
#include "model/source_tree.h"
#include "resolve/asked_files.h"
#include "resolve/canonical_names.h"
#include "resolve/contexts.h"
#include "resolve/finder.h"
#include "resolve/start_up.h"

namespace headwater::resolve {

/// What a relative or absolute import statement asks for.
struct AbsoluteName {
  enum class State : uint8_t { kFormed, kNoPackage, kUnknown };
  State state = State::kFormed;
  std::string_view dotted{};
};

std::vector<std::string_view> declared_distributions(const std::vector<Project>& projects);

/// When code sets names on the modules that import it.
enum class Helper : uint8_t {
  kNone,
  kWhenCalled,
  kOfClasses,  // then, and when they derive from its classes, perhaps
};

/// The inputs of resolving with what was made of them once; thread safe.
struct World {
  const FileSystem& file_system;
  const SourceTree& tree;
  const ScannedTree& scanned;
  const PythonEnvironment& environment;
  const std::vector<std::string>& known_modules;
  const CanonicalNames& names;
  const Finder& finder;
  /// As EntryPaths has it; empty: there are none.
  const std::vector<bool>& tests;
  const Contexts& contexts;
  const StartUp& start_up;
  /// Notes whose facts and texts are asked for; `file_system` does so, too.
  const AskedFiles& asked;
  const ProjectLayout& layout;
  /// The distributions that some project declares, by normalized name; sorted.
  const std::vector<std::string_view> declared;
  /// Reads the facts of a module that is not of the tree; empty: those are not known.
  std::function<FileFacts(std::string_view)> scan;
  /// Reads the classes of a module; empty: what they have is not known.
  std::function<std::vector<ClassOutline>(std::string_view)> outline;

  Lookup find(uint32_t file, std::string_view dotted) const {
    return finder.find(contexts.of(file), dotted);
  }
  /// Rule 16 for relative imports. The name lies in the facts of the file or in `storage`.
  AbsoluteName absolute_name(uint32_t file, const Import& import, std::string& storage) const;
  bool is_test(uint32_t file) const { return file < tests.size() && tests[file]; }
  /// The names that a file puts into `sys.modules`, read from its text where its facts say that it
  /// touches that.
  std::vector<std::string> registered_by(uint32_t file) const;
  /// Whether `dotted`, or a package that contains it, is put into `sys.modules` by some file.
  /// A test replaces modules for itself alone.
  bool is_registered(uint32_t file, std::string_view dotted) const;
  /// Whether the configuration says that a module exists though it is not found.
  bool is_known(std::string_view dotted) const;
  /// Whether a module that `file` does not find may lie where only the way of running it tells.
  bool may_be_elsewhere(uint32_t file, std::string_view dotted) const;
  /// Whether a submodule that is not on the disk may be there all the same once `parent` has run.
  bool may_have_hidden_submodules(const Node& parent) const;
  /// The same of what a lookup has not found, where it has found a parent.
  bool may_have_hidden(const Lookup& missing) const;
  /// Without an environment: whether a distribution that is not there may have another portion of
  /// the namespace package, as `poetry-core` has of `poetry`.
  bool may_be_shared(std::string_view namespace_package) const;
  /// Whether the package `folder`, or one that contains it, hooks the import system for itself, as
  /// those do that serve what they vendored under other names.
  bool hooks_imports(std::string folder, size_t depth) const;
  /// Whether a module beside `package`, an `__init__.py` of the tree that imports it, does.
  bool imports_a_hook(uint32_t package) const;
  /// Whether the text of a module names `sys.meta_path`.
  bool names_meta_path(const std::string& file) const;
  /// Whether a module of these facts imports, and uses, something from code that sets names on
  /// others. `name_of`: the absolute name that a statement asks for; empty if it has none.
  /// `is_used`: of a name that the module binds so, and of how its code helps. `file`: whose search
  /// path counts. The standard library is full of such code for its own use, so `library_helps`
  /// tells whether it counts.
  bool uses_helper(const FileFacts& facts, uint32_t file, bool library_helps,
                   const std::function<std::string(const Import&)>& name_of,
                   const std::function<bool(std::string_view name, Helper how)>& is_used) const;
  /// Whether a module of the installed package `folder` does.
  bool module_hooks_imports(const std::string& folder) const;

  const DistributionIndex installed{environment};

  /// Dotted names that files of the repository put into `sys.modules`.
  std::unordered_set<std::string> registered{};

  /// By path of a module: whether its text names `sys.meta_path`.
  mutable tbb::concurrent_unordered_map<std::string, bool> hooks{};
  /// By path of a module: whether its functions may set names on who calls them.
  mutable tbb::concurrent_unordered_map<std::string, Helper> helpers{};
};

}  // namespace headwater::resolve
