#include "git/file_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <unordered_map>

#include "base/paths.h"
#include "base/text.h"

namespace headwater::git {
namespace {

constexpr int64_t kDay = 86'400;  // seconds
constexpr size_t kMassFiles = 50;
constexpr size_t kFewestMassFiles = 10;

std::string day_of(int64_t seconds) {
  const std::chrono::sys_days day(std::chrono::days(seconds / kDay));
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

uint32_t days_between(int64_t from, int64_t to) {
  return to <= from ? 0 : static_cast<uint32_t>((to - from) / kDay);
}

/// What the commits so far, newest first, say of one file.
struct Followed {
  bool is_there = false;
  FileHistory history;
  int64_t first = 0;      // of any commit that changes it, in seconds
  int64_t last = 0;       // of the newest one that is no mass commit
  bool has_last = false;  // whether `last` is known
  uint32_t since = 0;
  std::string first_author;
  std::string first_author_name;
  uint32_t since_first = 0;
  std::set<std::string> authors;
};

class Reader {
 public:
  Reader(const Repository& repository, const HistoryOptions& options)
      : repository_(repository), options_(options), followed_(options.paths.size()) {
    for (uint32_t i = 0; i < options.paths.size(); ++i) names_[options.paths[i]] = i;
  }

  Result<FileHistories> run(const ObjectId& end) {
    const auto tree = repository_.tree_of(end);
    if (!tree) return tl::unexpected(tree.error());
    for (uint32_t i = 0; i < followed_.size(); ++i) {
      followed_[i].is_there = has_file(*tree, options_.paths[i]);
    }
    newest_ = repository_.seconds_of(end);
    const auto reached = repository_.log(end, options_.most_commits,
                                         [this](const LoggedCommit& commit) { see(commit); });
    if (!reached) return tl::unexpected(reached.error());
    return finish(end, *reached);
  }

 private:
  bool has_file(const ObjectId& top, const std::string& path) {
    const std::string folder(parent_path(path));
    const auto entry = entry_of(top, folder);
    const auto& entries = listing(entry);
    return std::ranges::find(entries, file_name(path), &TreeEntry::name) != entries.end();
  }

  /// The object of a folder; empty: there is none.
  ObjectId entry_of(const ObjectId& top, const std::string& folder) {
    if (folder.empty()) return top;
    const auto& entries = listing(entry_of(top, std::string(parent_path(folder))));
    const auto found = std::ranges::find(entries, file_name(folder), &TreeEntry::name);
    return found == entries.end() || found->kind != EntryKind::kFolder ? ObjectId() : found->id;
  }

  const std::vector<TreeEntry>& listing(const ObjectId& folder) {
    const auto [known, is_new] = listings_.try_emplace(folder);
    if (is_new && !folder.empty()) {
      if (auto entries = repository_.tree(folder)) known->second = std::move(*entries);
    }
    return known->second;
  }

  bool is_mass(const LoggedCommit& commit) const {
    const size_t count = commit.changes.size();
    return count > kMassFiles || (count >= kFewestMassFiles && count * 3 > options_.files) ||
           options_.ignored.contains(commit.id);
  }

  void see(const LoggedCommit& commit) {
    ++scope_.commits;
    oldest_ = commit.seconds;
    const bool is_mass_commit = is_mass(commit);
    scope_.mass_commits += is_mass_commit;
    std::vector<std::pair<uint32_t, const FileChange*>> touched;
    for (const FileChange& change : commit.changes) {
      const auto found = names_.find(change.path);
      if (found != names_.end()) touched.emplace_back(found->second, &change);
    }
    for (const auto& [file, change] : touched) {
      if (change->before.empty() && follow_move(file, *change, commit)) continue;
      add(followed_[file], commit, is_mass_commit);
    }
    real_commits_ += !is_mass_commit && !commit.is_merge;
  }

  /// Whether the commit has the file from elsewhere, as it is.
  bool follow_move(uint32_t file, const FileChange& change, const LoggedCommit& commit) {
    const auto from = std::ranges::find_if(commit.changes, [&](const FileChange& other) {
      return other.after.empty() && other.before == change.after;
    });
    if (from == commit.changes.end() || names_.contains(from->path)) return false;
    names_.erase(change.path);
    names_[from->path] = file;
    return true;
  }

  void add(Followed& file, const LoggedCommit& commit, bool is_mass_commit) {
    FileHistory& history = file.history;
    ++history.commits;
    history.mass += is_mass_commit;
    file.first = commit.seconds;
    file.first_author = commit.author;
    file.first_author_name = commit.author_name;
    file.since_first = real_commits_;
    if (is_mass_commit) return;
    file.authors.insert(commit.author);
    if (file.has_last) return;
    file.has_last = true;
    history.last_author = commit.author_name;
    file.last = commit.seconds;
    file.since = real_commits_;
  }

  FileHistories finish(const ObjectId& end, LogEnd reached) {
    FileHistories made;
    scope_.newest_day = day_of(newest_);
    scope_.newest_commit = end;
    if (reached == LogEnd::kShallow) {
      scope_.cut_because = scope_.commits == 0
                               ? "the clone is shallow: it has one commit without its parents"
                               : "the clone is shallow: it goes back to " + day_of(oldest_);
    } else if (reached == LogEnd::kMostCommits) {
      scope_.cut_because = fmt::format("only the newest {} commits were read, back to {}",
                                       with_thousands(options_.most_commits), day_of(oldest_));
    }
    for (Followed& file : followed_) made.of.push_back(finished(file));
    made.scope = std::move(scope_);
    return made;
  }

  std::optional<FileHistory> finished(Followed& file) const {
    if (!file.is_there) return std::nullopt;
    FileHistory history = std::move(file.history);
    if (history.commits == 0) {  // all of it is before what can be read
      history.age_days = scope_.commits == 0 ? 0 : days_between(oldest_, newest_);
      history.commits_since = real_commits_;
      return history;
    }
    if (file.authors.empty()) {
      file.last = file.first;
      file.since = file.since_first;
      history.last_author = file.first_author_name;
    }
    history.authors = std::max<uint32_t>(1, static_cast<uint32_t>(file.authors.size()));
    history.first_day = day_of(file.first);
    history.last_day = day_of(file.last);
    history.age_days = days_between(file.last, newest_);
    history.life_days = days_between(file.first, file.last);
    history.commits_since = file.since;
    return history;
  }

  const Repository& repository_;
  const HistoryOptions& options_;
  std::unordered_map<std::string, uint32_t> names_;  // of the files, in the commit that comes next
  std::vector<Followed> followed_;                   // by path
  std::map<ObjectId, std::vector<TreeEntry>> listings_;
  HistoryScope scope_;
  int64_t newest_ = 0;
  int64_t oldest_ = 0;
  uint32_t real_commits_ = 0;  // seen so far
};

}  // namespace

Result<FileHistories> file_histories(const Repository& repository, const ObjectId& end,
                                     const HistoryOptions& options) {
  return Reader(repository, options).run(end);
}

std::set<ObjectId, std::less<>> ignored_commits(std::string_view text) {
  std::set<ObjectId, std::less<>> found;
  for (const std::string_view line : split_lines(text)) {
    const std::string_view hash = trimmed(line.substr(0, line.find('#')));
    if (hash.size() == 40) found.emplace(hash);
  }
  return found;
}

}  // namespace headwater::git
