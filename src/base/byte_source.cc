#include "base/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace headwater {
namespace {

class DescriptorBytes : public ByteSource {
 public:
  DescriptorBytes(int descriptor, std::string path, bool is_own)
      : descriptor_(descriptor), path_(std::move(path)), is_own_(is_own) {}
  DescriptorBytes(const DescriptorBytes&) = delete;
  DescriptorBytes& operator=(const DescriptorBytes&) = delete;
  ~DescriptorBytes() override {
    if (is_own_) close(descriptor_);
  }

  Result<size_t> read(std::span<char> into) override {
    for (;;) {
      const ssize_t count = ::read(descriptor_, into.data(), into.size());
      if (count >= 0) return static_cast<size_t>(count);
      if (errno == EINTR) continue;
      return fail(ErrorCode::kIo, path_, std::strerror(errno));
    }
  }

 private:
  int descriptor_;
  std::string path_;
  bool is_own_;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> open_bytes(const std::string& path) {
  if (path == "-") return std::make_unique<DescriptorBytes>(STDIN_FILENO, path, false);
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    const ErrorCode code = errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo;
    return fail(code, path, std::strerror(errno));
  }
  auto bytes = std::make_unique<DescriptorBytes>(descriptor, path, true);
  struct stat status {};
  if (fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
    return fail(ErrorCode::kUsage, path, "is a folder; give the file that a tool wrote");
  }
  return bytes;
}

Result<size_t> TextBytes::read(std::span<char> into) {
  const size_t count = std::min(into.size(), left_.size());
  std::ranges::copy(left_.substr(0, count), into.begin());
  left_.remove_prefix(count);
  return count;
}

}  // namespace headwater
