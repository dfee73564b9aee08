// A name in a string is followed as those do who read it: part by part, an attribute before a
// submodule. Where an attribute is what an import statement bound, its module is gone on with; of
// anything else what it has is not known.

#include "resolve/string_resolver.h"

#include <algorithm>
#include <array>

#include "base/paths.h"
#include "model/builtin_exceptions.h"
#include "model/generated_files.h"
#include "resolve/texts.h"

namespace headwater::resolve {
namespace {

using State = StringTarget::State;

/// So many imports of imports are followed.
constexpr size_t kMostSteps = 32;

/// Where a way through modules has come to.
struct Place {
  const Node* module = nullptr;
  std::string missing{};  // empty: all parts are there
  State state = State::kThere;
  std::string why{};
};

std::vector<std::string_view> parts_of(std::string_view dotted) {
  std::vector<std::string_view> parts;
  for (size_t begin = 0; begin <= dotted.size();) {
    const size_t end = std::min(dotted.find('.', begin), dotted.size());
    parts.push_back(dotted.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

using Parts = std::span<const std::string_view>;

std::string_view first_part(std::string_view dotted) { return dotted.substr(0, dotted.find('.')); }
std::string_view last_part(std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); }

/// Of `builtins`: a test may replace them in any module, where mock makes them if need be. Of names
/// with two underscores nothing is said.
bool is_builtin_name(std::string_view name, PythonVersion version) {
  constexpr std::string_view kNames[] = {
      "Ellipsis",     "False",      "None",        "NotImplemented",
      "True",         "abs",        "aiter",       "all",
      "anext",        "any",        "ascii",       "bin",
      "bool",         "breakpoint", "bytearray",   "bytes",
      "callable",     "chr",        "classmethod", "compile",
      "complex",      "copyright",  "credits",     "delattr",
      "dict",         "dir",        "divmod",      "enumerate",
      "eval",         "exec",       "exit",        "filter",
      "float",        "format",     "frozenset",   "getattr",
      "globals",      "hasattr",    "hash",        "help",
      "hex",          "id",         "input",       "int",
      "isinstance",   "issubclass", "iter",        "len",
      "license",      "list",       "locals",      "map",
      "max",          "memoryview", "min",         "next",
      "object",       "oct",        "open",        "ord",
      "pow",          "print",      "property",    "quit",
      "range",        "repr",       "reversed",    "round",
      "set",          "setattr",    "slice",       "sorted",
      "staticmethod", "str",        "sum",         "super",
      "tuple",        "type",       "vars",        "zip"};
  const bool is_dunder = name.starts_with("__") && name.ends_with("__");
  return is_dunder || std::ranges::binary_search(kNames, name) ||
         exception_number(name, version) >= 0;
}

class StringFollower {
 public:
  StringFollower(const World& world, const Symbols& symbols, const Outlines& outlines,
                 const SourcesByName& sources, std::span<const NamedString> of_file,
                 const NamedString& string)
      : world_(world),
        symbols_(symbols),
        outlines_(outlines),
        sources_(sources),
        of_file_(of_file),
        string_(string),
        viewer_(string.viewer) {}

  StringTarget run() {
    if (!string_.unknown_because.empty()) return unknown("it is not read");
    StringTarget found = followed();
    const bool is_absent = found.state == State::kNoModule || found.state == State::kNoAttribute;
    if (found.state == State::kNoFile && string_.is_of_command && is_folder_elsewhere()) {
      return unknown("it is there where it is run from another folder");
    }
    if (is_absent && string_.is_of_command && lies_elsewhere(found)) {
      return unknown("it is there where it is run from another folder");
    }
    if (is_absent && is_skipped()) return unknown("its file is left where a module is missing");
    if (is_absent && puts_folder_first()) return unknown("its file puts another folder in front");
    return found;
  }

 private:
  bool is_folder_elsewhere() const {
    const std::string below = '/' + string_.name;
    return std::ranges::any_of(world_.tree.folders, [&](const ListedFolder& folder) {
      return folder.path.ends_with(below);
    });
  }

  /// A command finds what lies in its working folder, which is not known: the module that is
  /// missing here, or another one of the name.
  bool lies_elsewhere(const StringTarget& found) const {
    return found.state == State::kNoModule ? sources_.count(found.missing) > 0
                                           : sources_.count(found.module) > 1;
  }

  /// `monkeypatch.syspath_prepend`: of a folder that the test makes, with modules of any name.
  bool puts_folder_first() const {
    if (string_.file_id == UINT32_MAX) return false;
    const auto text = world_.file_system.read(join_path(world_.tree.root, string_.file));
    return !text || has_word(*text, "syspath_prepend");
  }

  /// `pytest.importorskip` of the module, or of one above it, in the same file.
  bool is_skipped() const {
    return std::ranges::any_of(of_file_,
                               [&](const NamedString& one) {
                                 return one.reader == "pytest.importorskip" &&
                                        string_.name.starts_with(one.name) &&
                                        (string_.name.size() == one.name.size() ||
                                         string_.name[one.name.size()] == '.');
                               }) &&
           string_.reader != "pytest.importorskip";
  }

  StringTarget followed() const {
    const std::string written = absolute();
    const size_t colon = written.find(':');
    const std::string module = written.substr(0, colon);
    const std::vector<std::string_view> parts = parts_of(module);
    switch (string_.use) {
      case NameUse::kModule:
        return target(module_at(module));
      case NameUse::kProgram:
        return target(program_at(module));
      case NameUse::kPath:
      case NameUse::kForeignPath:
        return path();
      case NameUse::kTask:
        return target(task(parts));
      case NameUse::kModel:
        return target(model(parts));
      default:
        break;
    }
    if (colon != std::string::npos) {
      Place place = module_at(module);
      if (place.state != State::kThere) return target(std::move(place));
      const std::string attributes = written.substr(colon + 1);
      return target(attributes_of(*place.module, parts_of(attributes), 0));
    }
    return target(object_at(parts));
  }

  Place object_at(Parts parts) const {
    const Node& top = *world_.find(viewer_, parts[0]).node;
    if (top.state == NodeState::kMissing) return missing_module(parts[0], {&top, nullptr});
    return attributes_of(top, parts.subspan(1), 0);
  }

  /// A task bears the name of its module and function unless code gives it another, which some
  /// source then says.
  Place task(Parts parts) const {
    Place place = object_at(parts);
    if (place.state == State::kThere || place.state == State::kUnknown) return place;
    const bool is_own =
        place.module != nullptr && place.module->origin == ModuleOrigin::kFirstParty;
    const auto says = [&](const SourceFile& file) {
      if (file.path == string_.file) return false;
      const auto text = world_.file_system.read(join_path(world_.tree.root, file.path));
      return !text || text->find(string_.name) != std::string::npos ||
             has_word(*text, "gen_task_name");
    };
    // `send_task` is for those of other programs.
    const bool is_shared = sources_.count(std::string(parts[0])) > 1;
    if (parts.size() == 1 || !is_own || is_shared || std::ranges::any_of(world_.tree.files, says)) {
      return unknown_at(place.module, "code may give a task this name");
    }
    return place;
  }

  /// `label.Model`: of the one installed app that has the label unless its configuration says
  /// otherwise. What is not in its `models` may be a model of any other of its modules.
  Place model(Parts parts) const {
    if (parts.size() != 2) return unknown_at(nullptr, kNotFollowed);
    const Node* app = nullptr;
    for (const NamedString& one : of_file_) {
      if (one.key != "INSTALLED_APPS") continue;
      const std::string_view name = one.name;
      // `shop.apps.ShopConfig` is of `shop`.
      const std::string_view package = name.substr(0, name.find(".apps."));
      if (package.substr(package.rfind('.') + 1) != parts[0]) continue;
      const Node* const node = world_.find(viewer_, package).node;
      if (app != nullptr && app != node) return unknown_at(nullptr, kMayProvide);
      app = node;
    }
    if (app == nullptr || app->state == NodeState::kMissing) {
      return unknown_at(nullptr, "the label of an app is given by code");
    }
    const Place models = module_at(app->name + ".models");
    if (models.state != State::kThere) return unknown_at(app, kMayProvide);
    const Place place = attributes_of(*models.module, parts.subspan(1), 0);
    const bool is_missing = place.state == State::kNoAttribute || place.state == State::kNoModule;
    if (!is_missing || !is_said_in(*app, parts[1])) return place;
    return unknown_at(models.module, kMayProvide);
  }

  /// Whether a source of the package has the word.
  bool is_said_in(const Node& package, std::string_view word) const {
    const std::string folder(parent_path(package.file));
    return std::ranges::any_of(world_.tree.files, [&](const SourceFile& file) {
      const std::string path = join_path(world_.tree.root, file.path);
      if (!path.starts_with(folder + '/')) return false;
      const auto text = world_.file_system.read(path);
      return !text || has_word(*text, word);
    });
  }

  /// `.a` is below the package of the file.
  std::string absolute() const {
    const bool is_relative = string_.name.starts_with('.');
    return is_relative ? std::string(world_.names.package[viewer_]) + string_.name : string_.name;
  }

  /// From the folder that the file lies in, or one above it up to the repository's.
  StringTarget path() const {
    const std::string& root = world_.tree.root;
    StringTarget made;
    made.state = State::kNoFile;
    made.missing = string_.name;
    if (string_.use == NameUse::kForeignPath) return made;
    // A text that is a path by its looks alone: one of the repository begins with a folder of it.
    bool is_of_repository = string_.reader != "path";
    const std::string first = string_.name.substr(0, string_.name.find('/'));
    std::string_view folder = string_.file;
    while (!folder.empty()) {
      folder = parent_path(folder);
      const std::string inside = normalize_path(join_path(folder, string_.name));
      if (inside == ".." || inside.starts_with("../")) continue;
      const std::string top = join_path(root, join_path(folder, first));
      is_of_repository = is_of_repository || world_.file_system.is_folder(top);
      if (!world_.file_system.status(join_path(root, inside))) continue;
      made.state = State::kThere;
      return made;
    }
    return is_of_repository ? made : unknown("it may be no path of the repository");
  }

  static StringTarget unknown(std::string_view why) {
    StringTarget made;
    made.why = why;
    return made;
  }

  static Place unknown_at(const Node* module, std::string_view why) {
    return {module, {}, State::kUnknown, std::string(why)};
  }

  static StringTarget target(Place place) {
    StringTarget made;
    made.state = place.state;
    made.missing = std::move(place.missing);
    made.why = std::move(place.why);
    if (place.module != nullptr) {
      made.module = place.module->name;
      made.file = place.module->file;
      made.origin = place.module->origin;
    }
    return made;
  }

  Place module_at(std::string_view dotted) const {
    const Lookup found = world_.find(viewer_, dotted);
    if (found.node->state == NodeState::kMissing) return missing_module(dotted, found);
    return {found.node};
  }

  Place program_at(const std::string& dotted) const {
    Place place = module_at(dotted);
    if (place.state != State::kThere || !place.module->is_package) return place;
    return module_at(dotted + ".__main__");
  }

  /// The same doubts as of an import statement (FileResolver).
  Place missing_module(std::string_view dotted, const Lookup& lookup) const {
    const Node* const parent = lookup.parent;
    if (is_generated(world_.layout, string_.file, lookup.node->name))
      return unknown_at(parent, kIsGenerated);
    if (parent == nullptr && world_.environment.is_locked(lookup.node->name)) {
      return unknown_at(nullptr, "it is locked and not installed");
    }
    const bool is_first_party = parent && parent->origin == ModuleOrigin::kFirstParty;
    const bool is_distribution = !parent || parent->origin == ModuleOrigin::kThirdParty;
    const bool may_be_there = (!is_first_party && world_.environment.may_serve(dotted)) ||
                              (!is_distribution && world_.is_registered(viewer_, dotted)) ||
                              world_.is_known(dotted) || world_.may_be_elsewhere(viewer_, dotted) ||
                              world_.may_have_hidden(lookup);
    if (may_be_there) return unknown_at(parent, kMayProvide);
    if (parent != nullptr && has_stub(*parent, lookup.node->name)) {
      return unknown_at(parent, kIsBuilt);
    }
    // A project's own command lies where the project is installed from.
    if (parent == nullptr && string_.reader == "entry point" &&
        sources_.count(lookup.node->name) > 0) {
      return unknown_at(nullptr, "it lies in another folder");
    }
    return {parent, lookup.node->name, State::kNoModule};
  }

  static bool has_stub(const Node& parent, std::string_view missing) {
    const std::string_view last = missing.substr(missing.rfind('.') + 1);
    return std::ranges::any_of(parent.portions, [&](const Folder* portion) {
      return (portion->flags(last) & kEntryStub) != 0;
    });
  }

  Place missing_attribute(const Node& module, std::string_view name, Parts rest,
                          Presence presence) const {
    if (presence == Presence::kUnknown) return unknown_at(&module, "its module may make names");
    if (module.is_package && world_.may_have_hidden_submodules(module)) {
      return unknown_at(&module, "its package may have modules that are not seen");
    }
    const std::string dotted = module.name + '.' + std::string(name);
    if (world_.is_registered(viewer_, dotted) || world_.is_known(dotted)) {
      return unknown_at(&module, kMayProvide);
    }
    if (module.is_package && has_stub(module, name)) return unknown_at(&module, kIsBuilt);
    if (is_generated(world_.layout, string_.file, dotted)) return unknown_at(&module, kIsGenerated);
    if (symbols_.may_be_set_from_outside(viewer_, module, name) ||
        symbols_.may_be_set_by_importers(module, last_part(module.name), name)) {
      return unknown_at(&module, "other code may set it on its module");
    }
    // What more parts are asked of would have been a module, most likely.
    const bool is_module =
        module.is_package && (!rest.empty() || string_.use == NameUse::kModuleOrObject);
    return {&module, dotted, is_module ? State::kNoModule : State::kNoAttribute};
  }

  Place attributes_of(const Node& module, Parts parts, size_t steps) const {
    if (parts.empty()) return {&module};
    if (module.kind == ModuleKind::kExtension || module.state == NodeState::kTable) {
      return unknown_at(&module, "what a compiled module has is not known");
    }
    const std::string_view name = parts[0];
    const Parts rest = parts.subspan(1);
    const bool is_replaced = string_.use == NameUse::kAttribute && rest.empty();
    if (is_replaced && is_builtin_name(name, world_.environment.version)) return {&module};
    const Node* submodule = nullptr;
    const Presence presence = symbols_.of(viewer_, module, name, submodule);
    if (submodule != nullptr) return attributes_of(*submodule, rest, steps);
    if (presence != Presence::kPresent) return missing_attribute(module, name, rest, presence);
    if (rest.empty()) return {&module};
    return behind(module, name, rest, steps);
  }

  /// `rest` of what `module` calls `name`.
  Place behind(const Node& module, std::string_view name, Parts rest, size_t steps) const {
    const Definition found = definition(module, name, steps);
    const bool has_submodule =
        module.is_package &&
        world_.find(viewer_, module.name + '.' + std::string(name)).node->state !=
            NodeState::kMissing;
    // Who imports the submodule puts it in the place of what the statement bound.
    if (found.module == nullptr || has_submodule) return unknown_at(&module, kNotFollowed);
    if (!found.is_class) return attributes_of(*found.module, rest, steps + 1);
    return of_class(*found.module, found.name, rest, steps + 1);
  }

  /// Where a name comes from: a module, or a class in one.
  struct Definition {
    const Node* module = nullptr;  // nullptr: not known
    std::string name{};            // of the class
    bool is_class = false;
  };

  /// Follows the one statement that binds `name` in `module`.
  Definition definition(const Node& module, std::string_view name, size_t steps) const {
    const FileFacts* const facts = symbols_.facts_of(module);
    const Binding* const bound = facts == nullptr ? nullptr : only_binding(*facts, name);
    if (bound == nullptr || steps >= kMostSteps) return {};
    if (bound->kind == BindingKind::kClass) return {&module, std::string(name), true};
    if (bound->kind != BindingKind::kImport) return {};
    for (const Import& import : facts->imports()) {
      if (import.scope != Scope::kModule || import.never_runs) continue;
      for (const ImportedName& one :
           facts->imported_names().subspan(import.first_name, import.name_count)) {
        const std::string_view as_name = facts->name(one.as_name);
        if (import.is_from ? as_name == name : first_part(as_name) == name) {
          return imported(module, *facts, import, one, steps);
        }
      }
    }
    return {};
  }

  Definition imported(const Node& module, const FileFacts& facts, const Import& import,
                      const ImportedName& one, size_t steps) const {
    std::string asked = Symbols::absolute_name(module, facts, import);
    if (!import.is_from && !one.has_as) asked = first_part(asked);
    if (asked.empty()) return {};
    // An import that fails is a failure of who imports.
    const Node& target = *world_.find(viewer_, asked).node;
    if (target.state == NodeState::kMissing) return {};
    if (!import.is_from) return {&target};
    const std::string_view name = facts.name(one.name);
    const Node* submodule = nullptr;
    const Presence presence = symbols_.of(viewer_, target, name, submodule);
    if (submodule != nullptr) return {submodule};
    if (presence != Presence::kPresent) return {};
    return definition(target, name, steps + 1);
  }

  /// `parts` of a class, its bases included.
  Place of_class(const Node& module, const std::string& name, Parts parts, size_t steps) const {
    if (parts.empty()) return {&module};
    const ClassOutline* const outline = outlines_.find(module.file, name);
    if (outline == nullptr || steps >= kMostSteps) return unknown_at(&module, kNotFollowed);
    const std::string member(parts[0]);
    const bool is_mangled = member.starts_with('_') && member.find("__") != std::string::npos;
    if ((is_mangled && member != kSetName) || member == "mro")
      return unknown_at(&module, kNotFollowed);
    if (std::ranges::binary_search(outline->members, member)) {
      const std::string inner = name + '.' + member;
      if (parts.size() == 1) return {&module};
      return of_class(module, inner, parts.subspan(1), steps + 1);
    }
    if (outline->is_open) return unknown_at(&module, kMayProvide);
    if (member != kSetName && has_descriptor(module, *outline, steps)) {
      return unknown_at(&module, kMayProvide);
    }
    for (const std::string& base : outline->bases) {
      if (base == "object") continue;
      Place place = of_base(module, base, parts, steps);
      if (place.state != State::kNoAttribute) return place;
    }
    const auto text = world_.file_system.read(module.file);
    // It is set from outside of the class, or on instances.
    if (!text || has_word(*text, member) ||
        symbols_.may_be_set_by_importers(module, last_part(name), member)) {
      return unknown_at(&module, kMayProvide);
    }
    return {&module, module.name + '.' + name + '.' + member, State::kNoAttribute};
  }

  /// Whether a member is made by a class that is told of its owner, and may set more on that.
  bool has_descriptor(const Node& module, const ClassOutline& outline, size_t steps) const {
    constexpr std::array<std::string_view, 1> kHook = {kSetName};
    return std::ranges::any_of(outline.makers, [&](const std::string& maker) {
      const Definition made = class_named(module, maker, steps);
      return made.module != nullptr && made.is_class &&
             of_class(*made.module, made.name, kHook, steps + 1).state != State::kNoAttribute;
    });
  }

  Place of_base(const Node& module, const std::string& base, Parts parts, size_t steps) const {
    const Definition found = class_named(module, base, steps);
    if (found.module == nullptr || !found.is_class) return unknown_at(&module, kNotFollowed);
    return of_class(*found.module, found.name, parts, steps + 1);
  }

  /// What `dotted` is in `module`.
  Definition class_named(const Node& module, const std::string& dotted, size_t steps) const {
    const std::vector<std::string_view> names = parts_of(dotted);
    Definition found = names[0].empty() ? Definition() : definition(module, names[0], steps);
    for (size_t i = 1; i < names.size() && found.module != nullptr; ++i) {
      if (found.is_class) {
        found.name.append(1, '.').append(names[i]);
        continue;
      }
      const Node* submodule = nullptr;
      const Presence presence = symbols_.of(viewer_, *found.module, names[i], submodule);
      found = submodule != nullptr             ? Definition{submodule}
              : presence == Presence::kPresent ? definition(*found.module, names[i], steps + 1)
                                               : Definition();
    }
    return found;
  }

  /// nullptr: `name` is bound by no statement, or by more than one.
  static const Binding* only_binding(const FileFacts& facts, std::string_view name) {
    if (!facts.stars().empty()) return nullptr;
    const Binding* only = nullptr;
    for (const Binding& binding : facts.bindings()) {
      if (facts.name(binding.name) != name) continue;
      if (only != nullptr) return nullptr;
      only = &binding;
    }
    return only;
  }

  static constexpr std::string_view kSetName = "__set_name__";
  static constexpr std::string_view kNotFollowed = "what is behind an attribute is not followed";
  static constexpr std::string_view kIsGenerated = "a build makes it";
  static constexpr std::string_view kIsBuilt = "a stub says that a build makes it";
  static constexpr std::string_view kMayProvide = "code may provide it";

  const World& world_;
  const Symbols& symbols_;
  const Outlines& outlines_;
  const SourcesByName& sources_;
  const std::span<const NamedString> of_file_;
  const NamedString& string_;
  const uint32_t viewer_;
};

}  // namespace

StringTarget StringResolver::resolve(const NamedString& string,
                                     std::span<const NamedString> of_file) const {
  return StringFollower(world_, symbols_, outlines_, sources_, of_file, string).run();
}

}  // namespace headwater::resolve
