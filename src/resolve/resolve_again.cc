#include <tbb/parallel_for.h>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "resolve/file_resolver.h"
#include "resolve/installed_code.h"
#include "resolve/outside_names.h"
#include "resolve/stage.h"
#include "resolve/strings.h"

namespace headwater::resolve {
namespace {

using Files = std::vector<uint32_t>;  // ascending

auto identity(const Module& module) {
  return std::tuple<const std::string&, const std::string&, ModuleKind>(module.name, module.file,
                                                                        module.kind);
}

/// Whether the files of the tree register what they did.
bool take_registered(const ResolveTrace& trace, const Files& changed, World& world) {
  std::unordered_set<std::string> before;
  for (const ResolveTrace::Registered& each : trace.registered) {
    before.insert(each.names.begin(), each.names.end());
    if (std::ranges::binary_search(changed, each.file)) continue;
    world.registered.insert(each.names.begin(), each.names.end());
  }
  for (const uint32_t file : changed) {
    const auto names = world.registered_by(file);
    world.registered.insert(names.begin(), names.end());
  }
  return world.registered == before;
}

/// The changed files and those that have asked about one of them.
Files files_to_redo(const ResolveTrace& trace, const Files& changed) {
  std::vector<bool> is_changed(trace.asked_ends.size());
  for (const uint32_t file : changed) is_changed[file] = true;
  Files redone;
  uint32_t at = 0;
  for (uint32_t file = 0; file < trace.asked_ends.size(); ++file) {
    bool is_redone = is_changed[file];
    for (; at < trace.asked_ends[file]; ++at) is_redone |= is_changed[trace.asked[at]];
    if (is_redone) redone.push_back(file);
  }
  return redone;
}

/// Puts rows of some files in the place of those that a resolved tree has.
class Patch {
 public:
  Patch(const Finder& finder, ResolvedTree& before, const Files& redone,
        std::vector<FileRows>& rows)
      : finder_(finder), before_(before), redone_(redone), rows_(rows) {}

  std::optional<ResolvedTree> run() {
    if (!find_added()) return std::nullopt;
    find_used();
    number_modules();
    gather_rows();
    return std::move(out_);
  }

 private:
  /// Gives targets the numbers of the modules before; new ones come behind. False if one of those
  /// is another module by the same name and file.
  bool find_added() {
    for (const FileRows& of_file : rows_) {
      for (const Resolution& row : of_file.rows) {
        if (row.target == UINT32_MAX || number_of_.contains(row.target)) continue;
        const Module module = module_of(finder_.node(row.target));
        const uint32_t known = find(module);
        if (known == UINT32_MAX) {
          added_.push_back(module);
        } else if (before_.modules[known].origin != module.origin ||
                   before_.modules[known].file_id != module.file_id) {
          return false;
        }
        number_of_.emplace(row.target, known);
      }
    }
    std::ranges::sort(added_, {}, identity);
    const auto same = [](const Module& a, const Module& b) { return identity(a) == identity(b); };
    for (size_t i = 1; i < added_.size(); ++i) {
      const bool differs =
          added_[i - 1].origin != added_[i].origin || added_[i - 1].file_id != added_[i].file_id;
      if (same(added_[i - 1], added_[i]) && differs) return false;
    }
    const auto rest = std::ranges::unique(added_, same);
    added_.erase(rest.begin(), rest.end());
    for (auto& [serial, number] : number_of_) {
      if (number != UINT32_MAX) continue;
      const Module module = module_of(finder_.node(serial));
      const auto at = std::ranges::lower_bound(added_, identity(module), {}, identity);
      const auto place = static_cast<size_t>(at - added_.begin());
      number = static_cast<uint32_t>(before_.modules.size() + place);
    }
    return true;
  }

  uint32_t find(const Module& module) const {
    const auto at = std::ranges::lower_bound(before_.modules, identity(module), {}, identity);
    const bool is_there = at != before_.modules.end() && identity(*at) == identity(module);
    return is_there ? static_cast<uint32_t>(at - before_.modules.begin()) : UINT32_MAX;
  }

  /// Calls visit(row, FileRows*) for each row that the tree will have, in order; the latter of rows
  /// that are new.
  template <typename Visit>
  void for_each_row(Visit visit) {
    auto at = before_.resolutions.begin();
    for (size_t i = 0; i <= redone_.size(); ++i) {
      const uint32_t file = i < redone_.size() ? redone_[i] : UINT32_MAX;
      for (; at != before_.resolutions.end() && index_of(at->file) < file; ++at) {
        visit(*at, nullptr);
      }
      if (i == redone_.size()) return;
      while (at != before_.resolutions.end() && index_of(at->file) == file) ++at;
      for (const Resolution& row : rows_[i].rows) visit(row, &rows_[i]);
    }
  }

  uint32_t numbered(const Resolution& row, bool is_new) const {
    return is_new && row.target != UINT32_MAX ? number_of_.at(row.target) : row.target;
  }

  /// First-party modules are there by themselves, others as targets.
  void find_used() {
    is_used_.assign(before_.modules.size() + added_.size(), false);
    for (uint32_t i = 0; i < before_.modules.size(); ++i) {
      const Module& module = before_.modules[i];
      is_used_[i] =
          module.file_id != UINT32_MAX && before_.module_name[module.file_id] == module.name;
    }
    for_each_row([&](const Resolution& row, const FileRows* own) {
      const uint32_t number = numbered(row, own != nullptr);
      if (number != UINT32_MAX) is_used_[number] = true;
    });
  }

  void number_modules() {
    final_.assign(is_used_.size(), UINT32_MAX);
    out_.modules.reserve(is_used_.size());
    const auto put = [&](Module& module, size_t number) {
      if (!is_used_[number]) return;
      final_[number] = static_cast<uint32_t>(out_.modules.size());
      out_.modules.push_back(std::move(module));
    };
    const size_t count = before_.modules.size();
    size_t next = 0;
    for (size_t i = 0; i < count; ++i) {
      for (; next < added_.size() && identity(added_[next]) < identity(before_.modules[i]);
           ++next) {
        put(added_[next], count + next);
      }
      put(before_.modules[i], i);
    }
    for (; next < added_.size(); ++next) put(added_[next], count + next);
  }

  void gather_rows() {
    out_.resolutions.reserve(before_.resolutions.size());
    out_.wanted.reserve(before_.wanted.size());
    for_each_row([&](Resolution row, FileRows* own) {
      const uint32_t number = numbered(row, own != nullptr);
      if (number != UINT32_MAX) row.target = final_[number];
      if (row.wanted != UINT32_MAX) {
        std::vector<Wanted>& wanted = own != nullptr ? own->wanted : before_.wanted;
        out_.wanted.push_back(std::move(wanted[row.wanted]));
        row.wanted = static_cast<uint32_t>(out_.wanted.size() - 1);
      }
      out_.resolutions.push_back(row);
    });
  }

  const Finder& finder_;
  ResolvedTree& before_;
  const Files& redone_;
  std::vector<FileRows>& rows_;
  std::unordered_map<uint32_t, uint32_t> number_of_;  // by serial: before, or behind those
  std::vector<Module> added_;                         // by identity
  std::vector<bool> is_used_;                         // by such a number
  std::vector<uint32_t> final_;                       // by such a number
  ResolvedTree out_;
};

}  // namespace

std::optional<ResolvedTree> resolve_again(const FileSystem& file_system, const SourceTree& tree,
                                          const ScannedTree& scanned, const ProjectLayout& layout,
                                          const EntryPaths& entries,
                                          const PythonEnvironment& environment,
                                          const ResolveOptions& options, ResolvedTree before,
                                          ResolveTrace trace, const Files& changed) {
  CanonicalNames names{before.root, before.module_name, std::move(trace.package),
                       root_folders(tree, layout)};
  Stage stage(file_system, tree, scanned, layout, entries, environment, options, std::move(names),
              false);
  if (reaches_installed(stage.world) || !take_registered(trace, changed, stage.world)) {
    return std::nullopt;
  }
  const Files redone = files_to_redo(trace, changed);
  std::vector<FileRows> rows(redone.size());
  tbb::parallel_for(size_t{0}, rows.size(), [&](size_t i) {
    rows[i] = resolve_file(stage.world, stage.symbols, redone[i]);
  });
  if (!withdraw_again(stage.world, trace.suspects, before.modules, changed, redone, rows)) {
    return std::nullopt;
  }
  auto patched = Patch(stage.finder, before, redone, rows).run();
  if (!patched) return std::nullopt;
  patched->strings = resolve_strings_again(stage.world, stage.symbols, options.strings,
                                           std::move(before.strings), trace.strings, changed);
  patched->module_name = std::move(before.module_name);
  patched->root = std::move(before.root);
  return patched;
}

}  // namespace headwater::resolve
