#include "cache/snapshot.h"

#include <tbb/parallel_for.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "base/hash.h"

namespace headwater::cache {
namespace {

constexpr std::array<char, 8> kMagic = {'h', 'w', 's', 'n', 'a', 'p', '0', '2'};

constexpr size_t kChecksum = sizeof(uint64_t);

struct Header {
  std::array<char, 8> magic = kMagic;
  uint64_t program = 0;
  uint64_t request = 0;
  int64_t started_ns = 0;
  uint64_t rows = 0;
  uint64_t paths = 0;       // bytes
  uint64_t out = 0;         // bytes
  uint64_t complaints = 0;  // bytes
  uint64_t days = 0;        // bytes of each
  int64_t exit_code = 0;
  uint64_t world = 0;
  uint64_t stale = 0;  // bytes
};
static_assert(sizeof(Header) == 96);
static_assert(offsetof(Header, program) + sizeof(uint64_t) == kProgramBytes);

struct Row {
  uint64_t inode;
  uint64_t size_bytes;
  int64_t mtime_ns;
  int64_t ctime_ns;
  uint64_t digest;
  uint64_t max_bytes;
  uint32_t path_end;
  Question question;
  bool is_error;
  uint8_t flavour;
  uint8_t zero;
};
static_assert(sizeof(Row) == 56);

template <typename T>
void append(std::string& to, const T& value) {
  to.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// Reads what the sizes of a header say is there; false once there is less.
class Cursor {
 public:
  Cursor(const char* at, size_t left) : at_(at), left_(left) {}

  template <typename T>
  bool take(T& value) {
    std::string_view bytes;
    if (!take(sizeof value, bytes)) return false;
    std::memcpy(&value, bytes.data(), sizeof value);
    return true;
  }
  bool take(uint64_t size, std::string_view& bytes) {
    if (size > left_) return false;
    bytes = {at_, size};
    at_ += size;
    left_ -= size;
    return true;
  }
  bool take(uint64_t size, std::string& text) {
    std::string_view bytes;
    if (!take(size, bytes)) return false;
    text = bytes;
    return true;
  }
  size_t left() const { return left_; }

 private:
  const char* at_;
  size_t left_;
};

bool take_observations(Cursor& cursor, const Header& header, Snapshot& made) {
  std::string_view rows;
  std::string_view paths;
  if (header.rows > cursor.left() / sizeof(Row)) return false;
  if (!cursor.take(header.rows * sizeof(Row), rows) || !cursor.take(header.paths, paths)) {
    return false;
  }
  made.observations.reserve(header.rows);
  uint64_t begin = 0;
  for (uint64_t i = 0; i < header.rows; ++i) {
    Row row{};
    std::memcpy(&row, rows.data() + i * sizeof row, sizeof row);
    if (row.path_end < begin || row.path_end >= paths.size() || paths[row.path_end] != '\0' ||
        row.question > Question::kSource) {
      return false;
    }
    made.observations.push_back({paths.substr(begin, row.path_end - begin),
                                 row.question,
                                 {row.inode, row.size_bytes, row.mtime_ns, row.ctime_ns},
                                 {row.digest, row.is_error},
                                 row.max_bytes,
                                 row.flavour});
    begin = row.path_end + 1;
  }
  return true;
}

bool take_stale(Cursor& cursor, const Header& header, Snapshot& made) {
  std::string_view paths;
  if (!cursor.take(header.stale, paths)) return false;
  while (!paths.empty()) {
    const size_t end = paths.find('\0');
    if (end == std::string_view::npos) return false;
    made.stale.emplace_back(paths.substr(0, end));
    paths.remove_prefix(end + 1);
  }
  return true;
}

}  // namespace

const Observation* Snapshot::find(std::string_view path, Question question) const {
  const auto less = [](const Observation& a, const std::pair<std::string_view, Question>& b) {
    return std::pair(a.path, a.question) < b;
  };
  const auto at =
      std::lower_bound(observations.begin(), observations.end(), std::pair(path, question), less);
  const bool is_it = at != observations.end() && at->path == path && at->question == question;
  return is_it ? &*at : nullptr;
}

std::string encode(const Snapshot& snapshot, uint64_t program) {
  const StoredAnswer& answer = snapshot.answer;
  Header header;
  header.program = program;
  header.request = snapshot.request;
  header.started_ns = snapshot.started_ns;
  header.rows = snapshot.observations.size();
  for (const Observation& each : snapshot.observations) header.paths += each.path.size() + 1;
  header.out = answer.out.size();
  header.complaints = answer.complaints.size();
  header.days = answer.first_day.size();
  header.exit_code = answer.exit_code;
  header.world = snapshot.world;
  for (const std::string& path : snapshot.stale) header.stale += path.size() + 1;
  std::string bytes;
  bytes.reserve(sizeof header + header.rows * sizeof(Row) + header.paths + header.out +
                header.complaints + header.stale + 64);
  append(bytes, header);
  uint64_t end = 0;
  for (const Observation& each : snapshot.observations) {
    end += each.path.size();
    const Identity& of = each.identity;
    append(bytes, Row{of.inode, of.size_bytes, of.mtime_ns, of.ctime_ns, each.answer.digest,
                      each.max_bytes, static_cast<uint32_t>(end), each.question,
                      each.answer.is_error, each.flavour, 0});
    ++end;
  }
  for (const Observation& each : snapshot.observations) bytes.append(each.path).append(1, '\0');
  bytes.append(answer.out).append(answer.complaints);
  bytes.append(answer.first_day).append(answer.last_day);
  for (const std::string& path : snapshot.stale) bytes.append(path).append(1, '\0');
  append(bytes, hash_of(bytes));
  return bytes;
}

bool has_its_checksum(std::string_view snapshot) {
  if (snapshot.size() < kChecksum) return false;
  const size_t size = snapshot.size() - kChecksum;
  uint64_t checksum = 0;
  std::memcpy(&checksum, snapshot.data() + size, kChecksum);
  return XXH3_64bits(snapshot.data(), size) == checksum;
}

std::optional<uint64_t> program_of(std::string_view first_bytes) {
  const std::string_view magic(kMagic.data(), kMagic.size());
  if (first_bytes.size() < kProgramBytes || !first_bytes.starts_with(magic)) return std::nullopt;
  uint64_t program = 0;
  std::memcpy(&program, first_bytes.data() + kMagic.size(), sizeof program);
  return program;
}

std::optional<Snapshot> decode(std::string bytes, uint64_t program) {
  if (bytes.size() < sizeof(Header) + kChecksum || !has_its_checksum(bytes)) return std::nullopt;
  const size_t size = bytes.size() - kChecksum;
  Snapshot made;
  made.storage = std::make_unique<const std::string>(std::move(bytes));
  Cursor cursor(made.storage->data(), size);
  Header header;
  cursor.take(header);
  if (header.magic != kMagic || header.program != program) return std::nullopt;
  made.request = header.request;
  made.started_ns = header.started_ns;
  made.world = header.world;
  made.answer.exit_code = static_cast<int32_t>(header.exit_code);
  const bool is_whole = take_observations(cursor, header, made) &&
                        cursor.take(header.out, made.answer.out) &&
                        cursor.take(header.complaints, made.answer.complaints) &&
                        cursor.take(header.days, made.answer.first_day) &&
                        cursor.take(header.days, made.answer.last_day) &&
                        take_stale(cursor, header, made) && cursor.left() == 0;
  if (!is_whole) return std::nullopt;
  return made;
}

std::vector<Check> check_all(const FileSystem& files, Snapshot& snapshot) {
  std::vector<Check> found(snapshot.observations.size());
  tbb::parallel_for(size_t{0}, found.size(), [&](size_t i) {
    found[i] = check(files, snapshot.observations[i], snapshot.started_ns);
  });
  return found;
}

}  // namespace headwater::cache
