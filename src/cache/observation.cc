#include "cache/observation.h"

#include <fcntl.h>

#include <algorithm>

#include "base/file_bytes.h"
#include "base/hash.h"

namespace headwater::cache {
namespace {

bool follows_links(Question question) {
  return question != Question::kLinkStatus && question != Question::kSource;
}

template <typename T, typename Answered>
Answer either(const Result<T>& result, Answered answered) {
  return result ? answered(*result) : answer_of(result.error());
}

Answer answer_of_source(const FileSystem& files, const std::string& path, uint64_t max_bytes) {
  if (!files.is_of_machine()) {
    return either(files.read(path, max_bytes),
                  [](const std::string& text) { return answer_of(std::string_view(text)); });
  }
  const auto file = OpenFile::open(AT_FDCWD, path, max_bytes);
  if (!file) return answer_of(file.error());
  thread_local FileReader reader;
  const auto bytes = reader.read(*file);
  return bytes ? answer_of(bytes->text) : answer_of(bytes.error());
}

Answer answer_now(const FileSystem& files, const std::string& path, Question question,
                  uint64_t max_bytes) {
  switch (question) {
    case Question::kList:
      return either(files.list(path), answer_of_entries);
    case Question::kRead:
      return either(files.read(path, max_bytes),
                    [](const std::string& text) { return answer_of(std::string_view(text)); });
    case Question::kStatus:
    case Question::kLinkStatus:
      return either(files.status(path, follows_links(question)),
                    [](const FileStatus& status) { return answer_of(status); });
    case Question::kRealPath:
      return either(files.real_path(path),
                    [](const std::string& real) { return answer_of(std::string_view(real)); });
    case Question::kSource:
      return answer_of_source(files, path, max_bytes);
  }
  return {};
}

}  // namespace

Identity identity_of(const FileStatus& status) {
  const bool has_size = status.type == EntryType::kFile;
  return {status.inode, has_size ? status.size_bytes : 0, status.mtime_ns, status.ctime_ns};
}

Answer answer_of(const Error& error) { return {hash_of(error.detail), true}; }

Answer answer_of(const FileStatus& status) {
  const uint64_t size = status.type == EntryType::kFile ? status.size_bytes : 0;
  return {size << 2 | static_cast<uint64_t>(status.type), false};
}

Answer answer_of(std::string_view content) { return {hash_of(content), false}; }

Answer answer_of_entries(const std::vector<DirectoryEntry>& entries) {
  std::vector<const DirectoryEntry*> sorted;
  sorted.reserve(entries.size());
  for (const DirectoryEntry& entry : entries) sorted.push_back(&entry);
  std::ranges::sort(sorted, {}, &DirectoryEntry::name);
  std::string text;
  for (const DirectoryEntry* entry : sorted) {
    text += static_cast<char>(entry->type);
    text.append(entry->name).append(1, '\0');
  }
  return {hash_of(text), false};
}

Observation ask(const FileSystem& files, std::string_view path, Question question,
                uint64_t max_bytes) {
  const std::string asked(path);
  Observation made{path, question, {}, {}, max_bytes};
  // Before the answer: what changes in between has another identity the next time.
  if (const auto status = files.status(asked, follows_links(question))) {
    made.identity = identity_of(*status);
  }
  made.answer = answer_now(files, asked, question, max_bytes);
  return made;
}

bool is_racy(const Identity& identity, int64_t started_ns) {
  constexpr int64_t kSecond = 1'000'000'000;
  constexpr int64_t kTick = 10'000'000;
  const int64_t newest = std::max(identity.mtime_ns, identity.ctime_ns);
  const bool has_whole_seconds =
      identity.mtime_ns % kSecond == 0 && identity.ctime_ns % kSecond == 0;
  return newest + (has_whole_seconds ? 2 * kSecond : kTick) >= started_ns;
}

Check check(const FileSystem& files, Observation& observation, int64_t started_ns) {
  const bool asks_a_file =
      observation.question != Question::kList && observation.question != Question::kRealPath;
  if (asks_a_file && !observation.answer.is_error) {
    const auto content = files.content_id(std::string(observation.path));
    if (content && *content == observation.identity.inode) return Check::kSame;
  }
  // What fails has no identity to go by, and a real path has those of all its parts.
  if (!observation.answer.is_error && observation.question != Question::kRealPath) {
    const auto status =
        files.status(std::string(observation.path), follows_links(observation.question));
    if (!status) return Check::kDiffers;
    const Identity now = identity_of(*status);
    if (now == observation.identity && !is_racy(now, started_ns)) return Check::kSame;
  }
  const Observation again =
      ask(files, observation.path, observation.question, observation.max_bytes);
  if (again.answer != observation.answer) return Check::kDiffers;
  const bool is_as_known = again.identity == observation.identity;
  observation.identity = again.identity;
  return is_as_known && !is_racy(again.identity, started_ns) ? Check::kSame : Check::kSameAgain;
}

}  // namespace headwater::cache
