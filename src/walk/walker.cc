#include "walk/walker.h"

#include <tbb/combinable.h>
#include <tbb/parallel_for_each.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/paths.h"
#include "base/utf8.h"
#include "walk/repository.h"
#include "walk/run_files.h"
#include "walk/skip_rules.h"

namespace headwater::walk {
namespace {

struct Folder {
  std::string path;  // relative to the audited folder, "" for itself
  Rules rules;
};

std::optional<FileKind> kind_of(std::string_view name) {
  if (name.ends_with(".py")) return FileKind::kPython;
  if (name.ends_with(".pyi")) return FileKind::kStub;
  if (name.ends_with(".ipynb")) return FileKind::kNotebook;
  return std::nullopt;
}

void add(WalkCounts& to, const WalkCounts& from) {
  to.folders += from.folders;
  to.ignored += from.ignored;
  to.skipped_folders += from.skipped_folders;
  to.symlinks += from.symlinks;
  to.special += from.special;
  to.non_utf8_names += from.non_utf8_names;
}

class Walker {
 public:
  /// `prefix`: the audited folder relative to the repository's top, with a final slash, or "".
  Walker(const FileSystem& files, const WalkOptions& options, std::string root, std::string prefix,
         Rules excludes)
      : files_(files),
        options_(options),
        root_(std::move(root)),
        prefix_(std::move(prefix)),
        excludes_(std::move(excludes)) {}

  SourceTree run(Rules rules) {
    const std::vector<Folder> start = {{"", std::move(rules)}};
    tbb::parallel_for_each(start.begin(), start.end(),
                           [this](const Folder& folder, tbb::feeder<Folder>& feeder) {
                             if (!options_.stop || !*options_.stop) visit(folder, feeder);
                           });
    SourceTree tree;
    tree.root = root_;
    parts_.combine_each([&](SourceTree& part) {
      std::ranges::move(part.files, std::back_inserter(tree.files));
      std::ranges::move(part.folders, std::back_inserter(tree.folders));
      std::ranges::move(part.environments, std::back_inserter(tree.environments));
      std::ranges::move(part.dangling_links, std::back_inserter(tree.dangling_links));
      std::ranges::move(part.run_files, std::back_inserter(tree.run_files));
      std::ranges::move(part.configuration_files, std::back_inserter(tree.configuration_files));
      std::ranges::move(part.unread, std::back_inserter(tree.unread));
      add(tree.counts, part.counts);
    });
    std::ranges::sort(tree.files, {}, &SourceFile::path);
    std::ranges::sort(tree.folders, {}, &ListedFolder::path);
    std::ranges::sort(tree.environments);
    std::ranges::sort(tree.dangling_links);
    std::ranges::sort(tree.run_files);
    std::ranges::sort(tree.configuration_files);
    return tree;
  }

 private:
  void visit(const Folder& folder, tbb::feeder<Folder>& feeder) {
    SourceTree& part = parts_.local();
    const std::string on_disk = join_path(root_, folder.path);
    auto entries = files_.list(on_disk);
    if (!entries) {
      part.unread.push_back({entries.error().code, folder.path, entries.error().detail});
      return;
    }
    // The folder that was asked for is audited, whatever it looks like.
    const bool is_start = folder.path.empty();
    const FolderNature nature =
        is_start ? FolderNature::kSources : nature_of(file_name(folder.path), *entries);
    if (nature != FolderNature::kSources) {
      ++part.counts.skipped_folders;
      if (nature == FolderNature::kEnvironment) part.environments.push_back(folder.path);
      return;
    }
    ++part.counts.folders;
    ListedFolder& listed = part.folders.emplace_back(folder.path);
    for (const DirectoryEntry& entry : *entries) listed.add(entry.type, entry.name);
    const Rules rules = rules_in(folder, on_disk, *entries, part);
    for (DirectoryEntry& entry : *entries) take(folder, rules, entry, part, feeder);
  }

  Rules rules_in(const Folder& folder, const std::string& on_disk,
                 const std::vector<DirectoryEntry>& entries, SourceTree& part) const {
    if (!options_.respect_ignore_files) return nullptr;
    Rules rules = folder.rules;
    const auto has = [&](std::string_view name) {
      return std::ranges::find(entries, name, &DirectoryEntry::name) != entries.end();
    };
    const bool is_inner_repository = !folder.path.empty() && has(".git");
    const bool has_rules = has(".gitignore");
    if (!is_inner_repository && !has_rules) return rules;
    std::string place = prefix_ + folder.path;
    if (place.ends_with('/')) place.pop_back();
    if (is_inner_repository) rules = rules_of_inner_repository(files_, on_disk, place);
    if (!has_rules) return rules;
    auto found = with_ignore_file(files_, rules, on_disk, std::move(place));
    if (found) return std::move(*found);
    part.unread.push_back(
        {found.error().code, join_path(folder.path, ".gitignore"), found.error().detail});
    return rules;
  }

  bool is_ignored(const Rules& rules, const std::string& path, bool is_folder) const {
    using Verdict = IgnoreRules::Verdict;
    if (excludes_->verdict(path, is_folder) == Verdict::kIgnored) return true;
    if (!rules) return false;
    const std::string below_top = prefix_.empty() ? std::string() : prefix_ + path;
    return rules->verdict(prefix_.empty() ? path : below_top, is_folder) == Verdict::kIgnored;
  }

  void take(const Folder& folder, const Rules& rules, const DirectoryEntry& entry, SourceTree& part,
            tbb::feeder<Folder>& feeder) const {
    if (entry.type == EntryType::kFolder) return take_folder(folder, rules, entry, part, feeder);
    // Files of other kinds are not audited; links may lead to folders of modules.
    const auto kind = kind_of(entry.name);
    if (!kind && entry.type == EntryType::kFile) return take_setting(folder, rules, entry, part);
    std::string path = join_path(folder.path, entry.name);
    if (is_ignored(rules, path, false)) {
      part.counts.ignored += kind.has_value();
    } else if (entry.type == EntryType::kSymlink) {
      if (files_.status(join_path(root_, path))) {
        ++part.counts.symlinks;
      } else {
        part.dangling_links.push_back(std::move(path));
      }
    } else if (entry.type == EntryType::kOther) {
      ++part.counts.special;
    } else {
      part.counts.non_utf8_names += !is_utf8(entry.name);
      take_file({std::move(path), 0, 0, *kind}, part);
    }
  }

  void take_setting(const Folder& folder, const Rules& rules, const DirectoryEntry& entry,
                    SourceTree& part) const {
    const bool is_run_file = may_say_how_code_runs(folder.path, entry.name);
    if (!is_run_file && options_.is_configuration == nullptr) return;
    std::string path = join_path(folder.path, entry.name);
    const bool is_configuration =
        options_.is_configuration != nullptr && options_.is_configuration(path);
    if ((!is_run_file && !is_configuration) || is_ignored(rules, path, false)) return;
    if (is_run_file) part.run_files.push_back(path);
    if (is_configuration) part.configuration_files.push_back(std::move(path));
  }

  void take_file(SourceFile file, SourceTree& part) const {
    if (options_.with_status) {
      const auto status = files_.status(join_path(root_, file.path), false);
      // Gone or unreadable since: whoever opens it says so.
      if (status) {
        file.size_bytes = status->size_bytes;
        file.mtime_ns = status->mtime_ns;
      }
    }
    part.files.push_back(std::move(file));
  }

  void take_folder(const Folder& folder, const Rules& rules, const DirectoryEntry& entry,
                   SourceTree& part, tbb::feeder<Folder>& feeder) const {
    if (is_skipped_by_name(entry.name)) {
      ++part.counts.skipped_folders;
      return;
    }
    std::string path = join_path(folder.path, entry.name);
    part.counts.non_utf8_names += !is_utf8(entry.name);
    if (is_ignored(rules, path, true)) {
      ++part.counts.ignored;
      // An environment is of use though git ignores it.
      const std::string on_disk = join_path(root_, path);
      if (files_.is_file(on_disk + "/pyvenv.cfg") || files_.is_folder(on_disk + "/conda-meta")) {
        part.environments.push_back(std::move(path));
      }
      return;
    }
    feeder.add({std::move(path), rules});
  }

  const FileSystem& files_;
  const WalkOptions& options_;
  const std::string root_;
  const std::string prefix_;
  const Rules excludes_;
  tbb::combinable<SourceTree> parts_;
};

}  // namespace

Result<SourceTree> walk(const FileSystem& file_system, const WalkOptions& options) {
  auto root = file_system.real_path(options.root);
  if (!root) {
    return fail(root.error().code, options.root,
                root.error().detail + "; name a folder that holds Python sources");
  }
  if (!file_system.is_folder(*root)) {
    return fail(ErrorCode::kNotAFolder, options.root, "is not a folder; name the one to audit");
  }
  if (const auto listed = file_system.list(*root); !listed) return tl::unexpected(listed.error());
  std::string patterns;
  for (const std::string& exclude : options.excludes) patterns += exclude + '\n';
  const Rules excludes = std::make_shared<const IgnoreRules>(nullptr, "", patterns);
  RulesAbove above;
  if (options.respect_ignore_files) above = rules_above(file_system, *root);
  SourceTree tree = Walker(file_system, options, *root, above.prefix, excludes).run(above.rules);
  std::ranges::move(above.unread, std::back_inserter(tree.unread));
  std::ranges::sort(tree.unread, {}, &Error::path);
  return tree;
}

}  // namespace headwater::walk
