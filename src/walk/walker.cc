#include "walk/walker.h"

#include <tbb/combinable.h>
#include <tbb/parallel_for_each.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/utf8.h"
#include "walk/ignore_rules.h"
#include "walk/skip_rules.h"

namespace headwater::walk {
namespace {

using Rules = std::shared_ptr<const IgnoreRules>;

struct Folder {
  std::string path;  // relative to the audited folder, "" for itself
  Rules rules;
};

std::string join(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + '/' + name;
}

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
  to.dangling_links += from.dangling_links;
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
      std::ranges::move(part.environments, std::back_inserter(tree.environments));
      std::ranges::move(part.unread, std::back_inserter(tree.unread));
      add(tree.counts, part.counts);
    });
    std::ranges::sort(tree.files, {}, &SourceFile::path);
    std::ranges::sort(tree.environments);
    std::ranges::sort(tree.unread, {}, &Error::path);
    return tree;
  }

 private:
  void visit(const Folder& folder, tbb::feeder<Folder>& feeder) {
    SourceTree& part = parts_.local();
    auto entries = files_.list(folder.path.empty() ? root_ : root_ + '/' + folder.path);
    if (!entries) {
      part.unread.push_back({entries.error().code, folder.path, entries.error().detail});
      return;
    }
    const std::string_view name = std::string_view(folder.path).substr(folder.path.rfind('/') + 1);
    // The folder that was asked for is audited, whatever it looks like.
    const FolderNature nature =
        folder.path.empty() ? FolderNature::kSources : nature_of(name, *entries);
    if (nature != FolderNature::kSources) {
      ++part.counts.skipped_folders;
      if (nature == FolderNature::kEnvironment) part.environments.push_back(folder.path);
      return;
    }
    ++part.counts.folders;
    const Rules rules = with_own_rules(folder, *entries);
    for (DirectoryEntry& entry : *entries) take(folder, rules, entry, part, feeder);
  }

  Rules with_own_rules(const Folder& folder, const std::vector<DirectoryEntry>& entries) const {
    const bool has_rules = options_.respect_ignore_files &&
                           std::ranges::any_of(entries, [](const DirectoryEntry& entry) {
                             return entry.name == ".gitignore" && entry.type == EntryType::kFile;
                           });
    if (!has_rules) return folder.rules;
    const auto text = files_.read(root_ + '/' + join(folder.path, ".gitignore"));
    if (!text) return folder.rules;
    std::string place = prefix_ + folder.path;
    if (place.ends_with('/')) place.pop_back();
    return std::make_shared<const IgnoreRules>(folder.rules, std::move(place), *text);
  }

  bool is_ignored(const Rules& rules, const std::string& path, bool is_folder) const {
    using Verdict = IgnoreRules::Verdict;
    if (excludes_->verdict(path, is_folder) == Verdict::kIgnored) return true;
    return rules && rules->verdict(prefix_ + path, is_folder) == Verdict::kIgnored;
  }

  void take(const Folder& folder, const Rules& rules, DirectoryEntry& entry, SourceTree& part,
            tbb::feeder<Folder>& feeder) const {
    if (entry.type == EntryType::kFolder) return take_folder(folder, rules, entry, part, feeder);
    const auto kind = kind_of(entry.name);
    if (!kind) return;
    std::string path = join(folder.path, entry.name);
    if (is_ignored(rules, path, false)) {
      ++part.counts.ignored;
    } else if (entry.type == EntryType::kSymlink) {
      const bool dangles = !files_.status(root_ + '/' + path);
      ++(dangles ? part.counts.dangling_links : part.counts.symlinks);
    } else if (entry.type == EntryType::kOther) {
      ++part.counts.special;
    } else {
      if (!is_utf8(entry.name)) ++part.counts.non_utf8_names;
      part.files.push_back({std::move(path), 0, 0, *kind});
    }
  }

  void take_folder(const Folder& folder, const Rules& rules, const DirectoryEntry& entry,
                   SourceTree& part, tbb::feeder<Folder>& feeder) const {
    if (is_skipped_by_name(entry.name)) {
      ++part.counts.skipped_folders;
      return;
    }
    std::string path = join(folder.path, entry.name);
    if (is_ignored(rules, path, true)) {
      ++part.counts.ignored;
      // An environment is of use though git ignores it.
      if (files_.is_file(root_ + '/' + path + "/pyvenv.cfg")) part.environments.push_back(path);
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

/// The folder upward from `root` that holds `.git`, or "".
std::string top_of(const FileSystem& files, std::string root) {
  for (;;) {
    if (files.status(root + "/.git")) return root;
    const size_t slash = root.rfind('/');
    if (slash == std::string::npos || slash == 0) return {};
    root.resize(slash);
  }
}

/// The rules of .git/info/exclude and of the folders from `top` down to the one above the audited
/// folder.
Rules rules_above(const FileSystem& files, const std::string& top, std::string_view prefix) {
  const auto excluded = files.read(top + "/.git/info/exclude");
  Rules rules = std::make_shared<const IgnoreRules>(nullptr, "", excluded ? *excluded : "");
  for (size_t end = 0; end < prefix.size(); end = prefix.find('/', end) + 1) {
    const std::string folder(prefix.substr(0, end == 0 ? 0 : end - 1));
    const auto text = files.read(top + '/' + join(folder, ".gitignore"));
    if (text) rules = std::make_shared<const IgnoreRules>(rules, folder, *text);
  }
  return rules;
}

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
  std::string prefix;
  Rules rules;
  if (options.respect_ignore_files) {
    const std::string top = top_of(file_system, *root);
    if (!top.empty()) {
      if (top.size() < root->size()) prefix = root->substr(top.size() + 1) + '/';
      rules = rules_above(file_system, top, prefix);
    }
  }
  return Walker(file_system, options, *root, prefix, excludes).run(rules);
}

}  // namespace headwater::walk
