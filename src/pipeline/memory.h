#pragma once

#include <tbb/enumerable_thread_specific.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cache/facts_store.h"
#include "cache/observed_file_system.h"
#include "cache/snapshot.h"
#include "model/known_facts.h"
#include "pipeline/kept_world.h"
#include "pipeline/watched_run.h"

namespace headwater::pipeline {

struct MemoryOptions {
  std::string folder;  // of the cache
  /// All that an answer depends on beside the file system and the day: arguments, variables of the
  /// environment, the working folder.
  std::string request;
  /// The part of it that says what is looked at, so that other requests know its files, too.
  std::string subject;
  /// Whether runs go by what the last one made, where little has changed.
  bool keeps_world = false;
  /// Whether the answer says which sources have changed, so that it is another one even where their
  /// facts are as they were.
  bool tells_contents = false;
};

/// What runs leave to later ones, and what this one knows of earlier ones: the facts of files by
/// content, and a snapshot of each request's last run.
class Memory final : public KnownFacts {
 public:
  /// `threads`: at most; 0: as many as the machine has.
  Memory(const FileSystem& files, const MemoryOptions& options, uint32_t threads);

  /// Through which everything has to be asked that an answer depends on.
  const FileSystem& files() const { return observed_; }

  /// The answer of the last run, if nothing that it depended on has changed. `today`: as
  /// 2027-01-31.
  std::optional<cache::StoredAnswer> answer(std::string_view today);
  /// What a run can go by that answers the request anew, and where it puts what it leaves; nullptr:
  /// it is not to. To be asked after answer().
  Worlds* worlds();
  /// What was learned, and the answer. It is not kept if the files changed under the run.
  void keep(cache::StoredAnswer answer);
  /// What the run has asked so far; lives no longer than this.
  WatchedRun watched() const { return {files_, observed_.observations(), started_ns_}; }
  /// At most one line, of what could not be read or written.
  std::vector<std::string> warnings() const;

  std::optional<FileFacts> find_unchanged(const std::string& path, Reading reading,
                                          uint64_t max_bytes) override;
  std::optional<FileFacts> find(const SourceContent& content) override;
  void add(const SourceContent& content, const FileFacts& facts) override;
  void note_read(const std::string& path, uint64_t max_bytes, const FileStatus& status,
                 const SourceContent& content) override;
  void note_unread(const std::string& path, uint64_t max_bytes, const Error& error) override;

 private:
  /// The last run of the request, or else the newest one of the same subject.
  void load();
  bool take(const std::string& file);
  bool differences_say_nothing();
  bool would_be_known_now() const;
  /// The sources that have other contents than in the last run, if nothing else differs; sorted.
  std::optional<std::vector<std::string>> changed_sources() const;
  void take_world();
  /// Adds what the last run asked and this one did not have to. False if something that was
  /// answered alike at the start of the run was not in the end.
  bool add_known_observations(std::vector<cache::Observation>& all) const;
  void write_world(cache::Snapshot& snapshot);
  /// Whether a source that has other contents leaves the answer as it is.
  bool scans_alike(cache::Observation& seen);
  /// The same of one whose statements have other lines: the answer must not say where they are.
  bool is_unchanged_elsewhere(const std::string& path, const FileFacts& now,
                              const FileFacts& before);
  /// What the last run saw of a source; nullptr: nothing. Thread safe; a thread asks in path order.
  const cache::Observation* known_source(const std::string& path);
  void write(const cache::Snapshot& snapshot);

  const FileSystem& files_;
  const cache::ObservedFileSystem observed_;
  cache::FactsStore facts_;
  const int64_t started_ns_;
  const bool tells_contents_;
  const std::string folder_;  // of snapshots
  const uint64_t request_;
  const std::string prefix_;  // of the names of snapshots of the subject
  const std::string name_;    // of the request's
  const std::string worlds_folder_;
  bool goes_by_last_ = false;     // the run does not ask again what was answered alike
  std::optional<Worlds> worlds_;  // where runs go by the last one
  std::optional<cache::Snapshot> last_;
  std::vector<cache::Check> checked_;                    // by observation of last_
  tbb::enumerable_thread_specific<size_t> next_source_;  // where a thread has come to in last_
  std::string write_error_;                              // of the snapshot; empty: none
};

}  // namespace headwater::pipeline
