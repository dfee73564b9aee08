#include "base/file_reader.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/open_path.h"

namespace headwater {
namespace {

constexpr size_t kPadding = 64;  // one block of the scanner

int64_t nanoseconds(const timespec& time) { return time.tv_sec * 1'000'000'000 + time.tv_nsec; }

tl::unexpected<Error> system_error(const std::string& path) {
  const int number = errno;
  const ErrorCode code = number == EACCES   ? ErrorCode::kPermission
                         : number == ENOENT ? ErrorCode::kNotFound
                                            : ErrorCode::kIo;
  return fail(code, path,
              number == EACCES ? "permission denied; run as a user who may read it"
                               : std::strerror(number));
}

}  // namespace

Result<FileBytes> FileReader::read(int folder_fd, const std::string& path, uint64_t max_bytes) {
  // O_NONBLOCK: a FIFO put in the file's place must not hang us.
  const int file = open_path(folder_fd, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0) return system_error(path);
  auto result = read_open(file, path, max_bytes);
  close(file);
  return result;
}

Result<FileBytes> FileReader::read_open(int file, const std::string& path, uint64_t max_bytes) {
  struct stat before {};
  if (fstat(file, &before) != 0) return system_error(path);
  if (!S_ISREG(before.st_mode)) return fail(ErrorCode::kIo, path, "is no longer a regular file");
  const auto size = static_cast<uint64_t>(before.st_size);
  if (size > max_bytes) {
    return fail(ErrorCode::kTooLarge, path,
                fmt::format("{} bytes are more than --max-file-size {}; raise it to audit the file",
                            size, max_bytes));
  }
  if (buffer_.size() < size + kPadding + 1) buffer_.resize((size + kPadding + 1) * 5 / 4 + 4096);
  size_t length = 0;
  while (length <= size) {  // asks for one byte more than expected, to see the end
    const ssize_t count = ::read(file, buffer_.data() + length, size + 1 - length);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_error(path);
    if (count == 0) break;
    length += static_cast<size_t>(count);
  }
  struct stat after {};
  if (fstat(file, &after) != 0) return system_error(path);
  const int64_t mtime = nanoseconds(before.st_mtim);
  if (length != size || after.st_size != before.st_size || nanoseconds(after.st_mtim) != mtime) {
    return fail(ErrorCode::kChanged, path, "changed while it was read; run the audit again");
  }
  std::memset(buffer_.data() + length, 0, kPadding);
  return FileBytes{{buffer_.data(), length}, size, mtime};
}

}  // namespace headwater
