#include "resolve/outside_names.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/paths.h"
#include "resolve/texts.h"

namespace headwater::resolve {
namespace {

std::string_view last_part(std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); }

/// A symbol that is missing, of a module by the last part of its name: importers call it that.
struct Suspect {
  std::string module;
  std::string name;
  std::atomic<bool> is_set = false;

  Suspect(std::string_view module_name, std::string_view symbol)
      : module(module_name), name(symbol) {}
};

class Suspects {
 public:
  Suspects(const World& world, const std::vector<FileRows>& rows) : world_(world) {
    for (const FileRows& of_file : rows) {
      for (const Resolution& row : of_file.rows) {
        if (!is_suspect(row)) continue;
        const auto [module, name] = key_of(row);
        std::map<std::string_view, Suspect>& of_module = by_module_[module];
        of_module.try_emplace(name, module, name);
      }
    }
  }

  bool empty() const { return by_module_.empty(); }

  /// Looks into one file for assignments to the modules that it imports.
  void look_into(uint32_t file) {
    const FileFacts& facts = world_.scanned.facts[file];
    std::set<std::string_view> imported;
    const auto add = [&](NameId name) {
      const std::string_view last = last_part(facts.name(name));
      if (by_module_.contains(last)) imported.insert(last);
    };
    for (const Import& import : facts.imports()) {
      add(import.module);
      for (uint32_t i = 0; i < import.name_count; ++i) {
        add(facts.imported_names()[import.first_name + i].name);
      }
    }
    if (imported.empty()) return;
    const auto text =
        world_.file_system.read(join_path(world_.tree.root, world_.tree.files[file].path));
    for (const std::string_view module : imported) {
      for (auto& [name, suspect] : by_module_.at(module)) {
        if (!text || may_set_attribute(*text, module, name)) suspect.is_set = true;
      }
    }
  }

  bool is_set(const Resolution& row) const {
    if (!is_suspect(row)) return false;
    const auto [module, name] = key_of(row);
    return by_module_.at(module).at(name).is_set;
  }

 private:
  bool is_suspect(const Resolution& row) const {
    return row.name != UINT32_MAX && row.outcome == Outcome::kMissing &&
           world_.finder.node(row.target).file_id != UINT32_MAX;
  }
  std::pair<std::string_view, std::string_view> key_of(const Resolution& row) const {
    const FileFacts& facts = world_.scanned.facts[index_of(row.file)];
    return {last_part(world_.finder.node(row.target).name),
            facts.name(facts.imported_names()[row.name].name)};
  }

  const World& world_;
  std::map<std::string_view, std::map<std::string_view, Suspect>> by_module_;
};

}  // namespace

void withdraw_names_set_from_outside(const World& world, std::vector<FileRows>& rows) {
  Suspects suspects(world, rows);
  if (suspects.empty()) return;
  tbb::parallel_for(size_t{0}, rows.size(),
                    [&](size_t file) { suspects.look_into(static_cast<uint32_t>(file)); });
  for (FileRows& of_file : rows) {
    std::erase_if(of_file.rows, [&](const Resolution& row) { return suspects.is_set(row); });
  }
}

}  // namespace headwater::resolve
