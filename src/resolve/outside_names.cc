#include "resolve/outside_names.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/paths.h"
#include "resolve/texts.h"

namespace headwater::resolve {
namespace {

std::string_view last_part(std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); }

/// The symbols that are missing, by module, each with whether some file sets it.
class Suspects {
 public:
  Suspects(const World& world, const std::vector<FileRows>& rows) : world_(world) {
    for (const FileRows& of_file : rows) {
      for (const Resolution& row : of_file.rows) {
        if (!is_suspect(row)) continue;
        const std::string& module = world_.finder.node(row.target).name;
        missing_[module].try_emplace(name_of(row), false);
        last_parts_.insert(last_part(module));
      }
    }
  }

  bool empty() const { return missing_.empty(); }

  /// Looks into one file for assignments to the modules that it has by name.
  void look_into(uint32_t file, const FileRows& rows) {
    const FileFacts& facts = world_.scanned.facts[file];
    std::set<std::string> held;
    const auto hold = [&](std::string module) {
      if (missing_.contains(module)) held.insert(std::move(module));
    };
    for (const Resolution& row : rows.rows) {
      if (row.target == UINT32_MAX || row.name != UINT32_MAX) continue;
      const Import& import = facts.imports()[row.import];
      const std::string& target = world_.finder.node(row.target).name;
      if (!import.is_from) hold(target);
      for (uint32_t i = 0; import.is_from && i < import.name_count; ++i) {
        const auto name = facts.name(facts.imported_names()[import.first_name + i].name);
        if (last_parts_.contains(name)) hold(target + '.' + std::string(name));
      }
    }
    if (held.empty()) return;
    const auto text =
        world_.file_system.read(join_path(world_.tree.root, world_.tree.files[file].path));
    for (const std::string& module : held) {
      for (auto& [name, is_set] : missing_.find(module)->second) {
        if (!text || may_set_attribute(*text, last_part(module), name)) is_set = true;
      }
    }
  }

  bool is_set(const Resolution& row) const {
    if (!is_suspect(row)) return false;
    return missing_.find(world_.finder.node(row.target).name)->second.at(name_of(row));
  }

 private:
  bool is_suspect(const Resolution& row) const {
    return row.name != UINT32_MAX && row.outcome == Outcome::kMissing &&
           world_.finder.node(row.target).file_id != UINT32_MAX;
  }
  std::string_view name_of(const Resolution& row) const {
    const FileFacts& facts = world_.scanned.facts[index_of(row.file)];
    return facts.name(facts.imported_names()[row.name].name);
  }

  const World& world_;
  std::unordered_map<std::string, std::map<std::string_view, std::atomic<bool>>> missing_;
  std::unordered_set<std::string_view> last_parts_;  // of those modules
};

}  // namespace

void withdraw_names_set_from_outside(const World& world, std::vector<FileRows>& rows) {
  Suspects suspects(world, rows);
  if (suspects.empty()) return;
  tbb::parallel_for(size_t{0}, rows.size(), [&](size_t file) {
    suspects.look_into(static_cast<uint32_t>(file), rows[file]);
  });
  for (FileRows& of_file : rows) {
    std::erase_if(of_file.rows, [&](const Resolution& row) { return suspects.is_set(row); });
  }
}

}  // namespace headwater::resolve
