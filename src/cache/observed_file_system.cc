#include "cache/observed_file_system.h"

#include <algorithm>
#include <tuple>

namespace headwater::cache {
namespace {

template <typename T>
Answer answer_or_error(const Result<T>& result, Answer (*answered)(const T&)) {
  return result ? answered(*result) : answer_of(result.error());
}

Answer answer_of_text(const std::string& text) { return answer_of(std::string_view(text)); }

auto key(const Observation& of) { return std::tuple(of.path, of.question, of.max_bytes); }

}  // namespace

/// Taken before the answer: what changes in between has another one the next time.
Identity ObservedFileSystem::identity(const std::string& path) const {
  const auto status = files_.status(path, true);
  return status ? identity_of(*status) : Identity{};
}

void ObservedFileSystem::note(std::string_view path, Question question, const Identity& identity,
                              const Answer& answer, uint64_t max_bytes, uint8_t flavour) const {
  Notes& notes = notes_.local();
  const std::string& kept = notes.paths.emplace_back(path);
  notes.all.push_back({kept, question, identity, answer, max_bytes, flavour});
}

Result<std::vector<DirectoryEntry>> ObservedFileSystem::list(const std::string& folder) const {
  const Identity before = identity(folder);
  auto listed = files_.list(folder);
  note(folder, Question::kList, before, answer_or_error(listed, answer_of_entries), 0);
  return listed;
}

Result<FileStatus> ObservedFileSystem::status(const std::string& path, bool follow) const {
  auto status = files_.status(path, follow);
  const Question question = follow ? Question::kStatus : Question::kLinkStatus;
  if (status) {
    note(path, question, identity_of(*status), answer_of(*status), 0);
  } else {
    note(path, question, {}, answer_of(status.error()), 0);
  }
  return status;
}

Result<std::string> ObservedFileSystem::read(const std::string& path, uint64_t max_bytes) const {
  const Identity before = identity(path);
  auto text = files_.read(path, max_bytes);
  note(path, Question::kRead, before, answer_or_error(text, answer_of_text), max_bytes);
  return text;
}

Result<std::string> ObservedFileSystem::real_path(const std::string& path) const {
  auto real = files_.real_path(path);
  note(path, Question::kRealPath, {}, answer_or_error(real, answer_of_text), 0);
  return real;
}

ObservedFileSystem::Observations ObservedFileSystem::observations() const {
  Observations made;
  for (const Notes& notes : notes_) {
    made.all.insert(made.all.end(), notes.all.begin(), notes.all.end());
  }
  std::ranges::sort(made.all, [](const Observation& a, const Observation& b) {
    return std::tuple(key(a), a.identity.ctime_ns) < std::tuple(key(b), b.identity.ctime_ns);
  });
  for (size_t i = 1; i < made.all.size(); ++i) {
    const bool is_same = key(made.all[i - 1]) == key(made.all[i]);
    if (!is_same) continue;
    const bool is_at_rest = made.all[i - 1].answer == made.all[i].answer &&
                            made.all[i - 1].identity == made.all[i].identity;
    if (!is_at_rest) made.is_consistent = false;
  }
  const auto rest = std::ranges::unique(made.all, {}, key);
  made.all.erase(rest.begin(), rest.end());
  return made;
}

}  // namespace headwater::cache
