#include "base/file_bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/open_path.h"
#include "base/stat_status.h"

namespace headwater {
namespace {

constexpr uint64_t kPadding = 64;              // one block of the scanner
constexpr uint64_t kKept = uint64_t{4} << 20;  // a larger buffer is given back after use

tl::unexpected<Error> system_error(const std::string& path) {
  const int number = errno;
  switch (number) {
    case EACCES:
      return fail(ErrorCode::kPermission, path, "permission denied; run as a user who may read it");
    case ENOENT:
      return fail(ErrorCode::kNotFound, path, "is gone since its folder was listed");
    case ELOOP:
      return fail(ErrorCode::kChanged, path, "became a link since its folder was listed");
    default:
      return fail(ErrorCode::kIo, path, std::strerror(number));
  }
}

}  // namespace

Result<OpenFile> OpenFile::open(int folder, const std::string& path, uint64_t max_bytes) {
  // O_NONBLOCK: a FIFO put in the file's place must not hang us.
  OpenFile file(open_path(folder, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK), path);
  if (file.descriptor_ < 0) return system_error(path);
  struct stat status {};
  if (fstat(file.descriptor_, &status) != 0) return system_error(path);
  if (!S_ISREG(status.st_mode)) return fail(ErrorCode::kIo, path, "is no longer a regular file");
  file.status_ = status_of(status);
  if (file.status_.size_bytes > max_bytes) {
    return fail(ErrorCode::kTooLarge, path,
                fmt::format("{} bytes are more than --max-file-size {}; raise it to audit the file",
                            file.status_.size_bytes, max_bytes));
  }
  return file;
}

OpenFile::OpenFile(OpenFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      status_(other.status_) {}

OpenFile& OpenFile::operator=(OpenFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(path_, other.path_);
  std::swap(status_, other.status_);
  return *this;
}

OpenFile::~OpenFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

void OpenFile::prefetch() const {
  constexpr uint64_t kMost = uint64_t{1} << 20;  // the system reads ahead by itself from there on
  const auto size = static_cast<off_t>(std::min(status_.size_bytes, kMost));
  posix_fadvise(descriptor_, 0, size, POSIX_FADV_WILLNEED);
}

void FileReader::reserve(uint64_t size) {
  const uint64_t needed = size + kPadding + 1;
  if (buffer_.size() > kKept && needed < kKept) std::vector<char>().swap(buffer_);
  if (buffer_.size() < needed) {
    std::vector<char>().swap(buffer_);  // nothing in it is worth a copy
    buffer_.resize(std::max(needed, std::min(needed * 2, kKept)));
  }
}

int64_t FileReader::read_rest(const OpenFile& file, uint64_t length) {
  // Asks for one byte more than expected: less than that is the end of a file that did not grow.
  const uint64_t wanted = file.status().size_bytes + 1;
  while (length < wanted) {
    const ssize_t count = pread(file.descriptor(), buffer_.data() + length, wanted - length,
                                static_cast<off_t>(length));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -1;
    length += static_cast<uint64_t>(count);
    if (count == 0 || length == file.status().size_bytes) break;
  }
  return static_cast<int64_t>(length);
}

Result<FileBytes> FileReader::finish(const OpenFile& file, uint64_t length) {
  struct stat after {};
  if (fstat(file.descriptor(), &after) != 0) return system_error(file.path());
  if (length != file.status().size_bytes || static_cast<uint64_t>(after.st_size) != length ||
      nanoseconds(after.st_mtim) != file.status().mtime_ns) {
    return fail(ErrorCode::kChanged, file.path(), "changed while it was read; run the audit again");
  }
  std::memset(buffer_.data() + length, 0, kPadding);
  return FileBytes{{buffer_.data(), length}, length, file.status().mtime_ns};
}

Result<FileBytes> FileReader::read(const OpenFile& file) {
  reserve(file.status().size_bytes);
  const int64_t length = read_rest(file, 0);
  if (length < 0) return system_error(file.path());
  return finish(file, static_cast<uint64_t>(length));
}

Result<std::optional<FileBytes>> FileReader::read_if_resident(const OpenFile& file) {
  reserve(file.status().size_bytes);
  const iovec target{buffer_.data(), file.status().size_bytes + 1};
  const ssize_t count = preadv2(file.descriptor(), &target, 1, 0, RWF_NOWAIT);
  uint64_t length = count > 0 ? static_cast<uint64_t>(count) : 0;
  if (count < 0 && errno == EAGAIN) return std::nullopt;
  // Some file systems do not know the flag; then the file is read with waiting.
  const bool is_unknown = count < 0 && (errno == EOPNOTSUPP || errno == ENOSYS || errno == EINTR);
  if (count < 0 && !is_unknown) return system_error(file.path());
  if (!is_unknown && length < file.status().size_bytes) return std::nullopt;
  if (is_unknown) {
    const int64_t rest = read_rest(file, 0);
    if (rest < 0) return system_error(file.path());
    length = static_cast<uint64_t>(rest);
  }
  const auto bytes = finish(file, length);
  if (!bytes) return tl::unexpected(bytes.error());
  return *bytes;
}

}  // namespace headwater
