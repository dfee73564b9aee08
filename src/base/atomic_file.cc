#include "base/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/write_all.h"

namespace headwater {
namespace {

tl::unexpected<Error> cannot_write(const std::string& path, int error) {
  const ErrorCode code = error == ENOENT   ? ErrorCode::kNotFound
                         : error == EACCES ? ErrorCode::kPermission
                                           : ErrorCode::kIo;
  return fail(code, path,
              std::string("cannot be written, ") + std::strerror(error) +
                  "; give a file in a folder that exists and may be written to");
}

Result<void> write_in_place(const std::string& path, std::string_view bytes) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return cannot_write(path, errno);
  const int error = write_all(descriptor, bytes);
  close(descriptor);
  if (error != 0) return cannot_write(path, error);
  return {};
}

/// The mode that a plain `open` would have given, or that of the file that is replaced.
mode_t mode_for(const struct stat* old) {
  if (old != nullptr) return old->st_mode & 07777;
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

}  // namespace

Result<void> write_file_atomically(const std::string& path, std::string_view bytes) {
  std::error_code ignored;
  const std::filesystem::path real = std::filesystem::canonical(path, ignored);
  const std::string target = ignored ? path : real.string();
  struct stat old {};
  const bool exists = stat(target.c_str(), &old) == 0;
  if (exists && S_ISDIR(old.st_mode)) return cannot_write(path, EISDIR);
  if (exists && !S_ISREG(old.st_mode)) return write_in_place(target, bytes);

  // Beside the target: a rename is atomic only within one file system.
  std::string temporary = target + ".XXXXXX";
  const int descriptor = mkostemp(temporary.data(), O_CLOEXEC);
  if (descriptor < 0) return cannot_write(path, errno);
  int error = write_all(descriptor, bytes);
  // Without it a power cut may leave the new name with no content.
  if (error == 0 && fsync(descriptor) != 0) error = errno;
  if (error == 0 && fchmod(descriptor, mode_for(exists ? &old : nullptr)) != 0) error = errno;
  close(descriptor);
  if (error == 0 && rename(temporary.c_str(), target.c_str()) != 0) error = errno;
  if (error == 0) return {};
  unlink(temporary.c_str());
  return cannot_write(path, error);
}

}  // namespace headwater
