#include "pipeline/memory.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <tuple>

#include "base/file_bytes.h"
#include "base/hash.h"
#include "base/paths.h"
#include "base/sort_distinct.h"
#include "base/text.h"
#include "cache/snapshot_folder.h"
#include "cache/world_file.h"
#include "pipeline/cache_folders.h"
#include "pipeline/identities.h"
#include "pipeline/thread_limit.h"
#include "scan/scan_tree.h"

namespace headwater::pipeline {
namespace {

int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

constexpr uint64_t kMostSnapshotBytes = uint64_t{4} << 30;

/// More changed sources than these are done without what is kept of the last run: that saves less
/// then, and each run after this one would have them to do again.
constexpr size_t kMostChanged = 64;

uint8_t flavour_of(Reading reading) {
  return static_cast<uint8_t>(static_cast<unsigned>(reading.kind) << 1 |
                              static_cast<unsigned>(reading.is_strict));
}

Reading reading_of(uint8_t flavour) {
  return {static_cast<FileKind>(flavour >> 1), (flavour & 1) != 0};
}

cache::FactsKey key_of(const SourceContent& content) {
  return {content.hash, content.size_bytes, flavour_of(content.reading)};
}

bool is_portable(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
         c == '-' || c == '.';
}

/// Whether an answer may say something of a file: it has the name. Of folders nothing is asked, as
/// formats print them in ways of their own.
bool may_name(std::string answer, std::string_view path) {
  std::erase(answer, '\\');  // some put one before a character
  const std::string_view name = file_name(path);
  return !std::ranges::all_of(name, is_portable) || find_text(answer, name) != answer.npos;
}

}  // namespace

Memory::Memory(const FileSystem& files, const MemoryOptions& options, uint32_t threads)
    : files_(files),
      observed_(files),
      facts_(facts_folder(options.folder), scanner_identity()),
      started_ns_(now_ns()),
      tells_contents_(options.tells_contents),
      folder_(snapshots_folder(options.folder)),
      request_(hash_of(options.request)),
      prefix_(fmt::format("{:016x}-", hash_of(options.subject))),
      name_(fmt::format("{}{:016x}", prefix_, request_)),
      worlds_folder_(worlds_folder(options.folder)) {
  if (options.keeps_world) worlds_.emplace();
  const ThreadLimit limit(threads);
  load();
}

void Memory::load() {
  if (take(join_path(folder_, name_))) return;
  const auto entries = real_file_system().list(folder_);
  if (!entries) return;
  std::string newest;
  int64_t newest_ns = 0;
  for (const DirectoryEntry& entry : *entries) {
    if (!entry.name.starts_with(prefix_)) continue;
    const std::string path = join_path(folder_, entry.name);
    const auto status = real_file_system().status(path);
    if (!status || status->mtime_ns <= newest_ns) continue;
    newest_ns = status->mtime_ns;
    newest = path;
  }
  if (!newest.empty()) take(newest);
}

bool Memory::take(const std::string& file) {
  auto bytes = real_file_system().read(file, kMostSnapshotBytes);
  if (!bytes) return false;
  last_ = cache::decode(std::move(*bytes), program_identity());
  if (last_) checked_ = cache::check_all(files_, *last_);
  return last_.has_value();
}

std::optional<cache::StoredAnswer> Memory::answer(std::string_view today) {
  if (!last_ || last_->request != request_) return std::nullopt;
  const cache::StoredAnswer& stored = last_->answer;
  const bool is_of_today =
      stored.first_day.empty() || (stored.first_day <= today && today <= stored.last_day);
  const bool is_same = tells_contents_
                           ? std::ranges::find(checked_, cache::Check::kDiffers) == checked_.end()
                           : differences_say_nothing();
  if (!is_of_today || !is_same) return std::nullopt;
  // Else the files that were looked into now would be looked into each time.
  if (would_be_known_now()) {
    last_->started_ns = started_ns_;
    write(*last_);
  } else {
    cache::mark_used(join_path(folder_, name_));
  }
  return stored;
}

/// Whether something had to be looked into that would not have to be the next time.
bool Memory::would_be_known_now() const {
  for (size_t i = 0; i < checked_.size(); ++i) {
    const cache::Identity& identity = last_->observations[i].identity;
    const bool was_looked_into = checked_[i] == cache::Check::kSameAgain;
    if (was_looked_into && !cache::is_racy(identity, started_ns_)) return true;
  }
  return false;
}

/// Whether all that differs are sources whose facts do not.
bool Memory::differences_say_nothing() {
  bool any = false;
  for (size_t i = 0; i < checked_.size(); ++i) {
    if (checked_[i] != cache::Check::kDiffers) continue;
    if (!scans_alike(last_->observations[i])) return false;
    checked_[i] = cache::Check::kSameAgain;
    any = true;
  }
  return !any || facts_.commit().has_value();
}

bool Memory::scans_alike(cache::Observation& seen) {
  if (seen.question != cache::Question::kSource || seen.answer.is_error) return false;
  if (!files_.is_of_machine()) return false;
  const Reading reading = reading_of(seen.flavour);
  const auto before = facts_.find(key_of({reading, seen.answer.digest, seen.identity.size_bytes}));
  if (!before) return false;
  const std::string path(seen.path);
  const auto file = OpenFile::open(AT_FDCWD, path, seen.max_bytes);
  if (!file) return false;
  FileReader reader;
  const auto bytes = reader.read(*file);
  if (!bytes) return false;
  const auto facts = scan::scan_source(bytes->text, reading, path);
  if (!facts) return false;
  if (!facts->says_the_same_as(*before) && !is_unchanged_elsewhere(path, *facts, *before)) {
    return false;
  }
  facts_.add(key_of({reading, facts->content_hash, bytes->size_bytes}), *facts);
  seen.identity = cache::identity_of(file->status());
  seen.answer.digest = facts->content_hash;
  return true;
}

bool Memory::is_unchanged_elsewhere(const std::string& path, const FileFacts& now,
                                    const FileFacts& before) {
  if (!worlds_ || !now.says_the_same_elsewhere(before)) return false;
  // Whoever has read the text, as a simulation does, may go by lines.
  if (last_->find(path, cache::Question::kRead) != nullptr) return false;
  const cache::StoredAnswer& answer = last_->answer;
  if (may_name(answer.out, path) || may_name(answer.complaints, path)) return false;
  // The world has the lines of before.
  const auto at = std::ranges::lower_bound(last_->stale, path);
  if (at == last_->stale.end() || *at != path) last_->stale.insert(at, path);
  return true;
}

std::optional<std::vector<std::string>> Memory::changed_sources() const {
  std::vector<std::string> changed;
  for (size_t i = 0; i < checked_.size(); ++i) {
    if (checked_[i] != cache::Check::kDiffers) continue;
    const cache::Observation& seen = last_->observations[i];
    const bool is_content =
        seen.question == cache::Question::kSource || seen.question == cache::Question::kRead;
    const cache::Observation* const source = last_->find(seen.path, cache::Question::kSource);
    if (!is_content || seen.answer.is_error || source == nullptr || source->answer.is_error) {
      return std::nullopt;
    }
    const auto status = files_.status(std::string(seen.path), false);
    if (!status || status->type != EntryType::kFile) return std::nullopt;
    changed.emplace_back(seen.path);
  }
  sort_distinct(changed);
  return changed;
}

void Memory::take_world() {
  if (!last_ || last_->request != request_ || last_->world == 0) return;
  auto changed = changed_sources();
  if (!changed) return;
  std::vector<std::string> left;  // by runs before this one, which had them to do, too
  std::ranges::set_difference(last_->stale, *changed, std::back_inserter(left));
  if (left.size() + changed->size() > kMostChanged) return;
  const auto bytes = real_file_system().read(join_path(worlds_folder_, name_), kMostSnapshotBytes);
  if (!bytes) return;
  const auto content = cache::world_content(*bytes, program_identity(), last_->world);
  auto world = content ? decode(*content) : std::nullopt;
  if (!world) return;
  const auto is_among = [](const std::vector<std::string>& paths) {
    return [&paths](const std::string& path) { return std::ranges::binary_search(paths, path); };
  };
  const bool repeats = std::ranges::any_of(world->simulations, [&](const KeptSimulation& each) {
    return std::ranges::any_of(left, is_among(each.read));
  });
  changed->insert(changed->end(), left.begin(), left.end());
  std::ranges::sort(*changed);
  if (repeats || std::ranges::any_of(*changed, is_among(world->settings))) return;
  worlds_->changed = *std::move(changed);
  worlds_->last = std::make_unique<KeptWorld>(*std::move(world));
}

Worlds* Memory::worlds() {
  if (!worlds_) return nullptr;
  take_world();
  goes_by_last_ = worlds_->last != nullptr;
  return &*worlds_;
}

bool Memory::add_known_observations(std::vector<cache::Observation>& all) const {
  const auto key = [](const cache::Observation& of) {
    return std::tuple(of.path, of.question, of.max_bytes);
  };
  std::vector<cache::Observation> both;
  both.reserve(checked_.size() + all.size());
  auto asked = all.begin();
  for (size_t i = 0; i < checked_.size(); ++i) {
    if (checked_[i] == cache::Check::kDiffers) continue;
    const cache::Observation& known = last_->observations[i];
    for (; asked != all.end() && key(*asked) < key(known); ++asked) both.push_back(*asked);
    const bool is_same = asked != all.end() && key(*asked) == key(known);
    if (is_same && asked->answer != known.answer) return false;
    both.push_back(is_same ? *asked++ : known);
  }
  both.insert(both.end(), asked, all.end());
  all = std::move(both);
  return true;
}

void Memory::write_world(cache::Snapshot& snapshot) {
  if (worlds_->next.empty()) return;
  const cache::WorldFile file = cache::encode_world(worlds_->next, program_identity());
  worlds_->next = {};
  if (!cache::write_snapshot(worlds_folder_, name_, file.bytes)) return;
  cache::keep_snapshots(worlds_folder_);
  snapshot.world = file.number;
}

void Memory::keep(cache::StoredAnswer answer) {
  if (const auto kept = facts_.commit(); !kept) return;
  auto seen = observed_.observations();
  if (!seen.is_consistent) return;
  cache::Snapshot snapshot;
  snapshot.request = request_;
  snapshot.started_ns = started_ns_;
  snapshot.observations = std::move(seen.all);
  snapshot.answer = std::move(answer);
  if (goes_by_last_) {
    if (!add_known_observations(snapshot.observations)) return;
  }
  if (worlds_ && worlds_->is_patched) {
    snapshot.world = last_->world;
    snapshot.stale = std::move(worlds_->changed);
    cache::mark_used(join_path(worlds_folder_, name_));
  } else if (worlds_) {
    write_world(snapshot);
  }
  write(snapshot);
}

void Memory::write(const cache::Snapshot& snapshot) {
  const auto written =
      cache::write_snapshot(folder_, name_, cache::encode(snapshot, program_identity()));
  if (written) return cache::keep_snapshots(folder_);
  write_error_ = fmt::format("cache: {} {}", written.error().path, written.error().detail);
}

std::vector<std::string> Memory::warnings() const {
  std::vector<std::string> warnings = facts_.warnings();
  if (warnings.empty() && !write_error_.empty()) warnings.push_back(write_error_);
  return warnings;
}

const cache::Observation* Memory::known_source(const std::string& path) {
  constexpr size_t kNear = 8;  // folders and what was asked about texts stand between
  const std::vector<cache::Observation>& all = last_->observations;
  size_t& next = next_source_.local();
  for (size_t i = next; i < std::min(next + kNear, all.size()); ++i) {
    if (all[i].question != cache::Question::kSource || all[i].path != path) continue;
    next = i + 1;
    return &all[i];
  }
  const cache::Observation* const found = last_->find(path, cache::Question::kSource);
  if (found) next = static_cast<size_t>(found - all.data()) + 1;
  return found;
}

std::optional<FileFacts> Memory::find_unchanged(const std::string& path, Reading reading,
                                                uint64_t max_bytes) {
  if (!last_) return std::nullopt;
  const cache::Observation* const known = known_source(path);
  if (!known || known->answer.is_error || known->max_bytes != max_bytes) return std::nullopt;
  if (checked_[static_cast<size_t>(known - last_->observations.data())] != cache::Check::kSame) {
    return std::nullopt;
  }
  auto facts = facts_.find(key_of({reading, known->answer.digest, known->identity.size_bytes}));
  // What the last run knew is added in the end.
  if (facts && !goes_by_last_) {
    observed_.note(path, cache::Question::kSource, known->identity, known->answer, max_bytes,
                   flavour_of(reading));
  }
  return facts;
}

std::optional<FileFacts> Memory::find(const SourceContent& content) {
  return facts_.find(key_of(content));
}

void Memory::add(const SourceContent& content, const FileFacts& facts) {
  facts_.add(key_of(content), facts);
}

void Memory::note_read(const std::string& path, uint64_t max_bytes, const FileStatus& status,
                       const SourceContent& content) {
  observed_.note(path, cache::Question::kSource, cache::identity_of(status), {content.hash, false},
                 max_bytes, flavour_of(content.reading));
}

void Memory::note_unread(const std::string& path, uint64_t max_bytes, const Error& error) {
  observed_.note(path, cache::Question::kSource, {}, cache::answer_of(error), max_bytes);
}

}  // namespace headwater::pipeline
