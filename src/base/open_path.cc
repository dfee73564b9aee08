#include "base/open_path.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <climits>

namespace headwater {

int open_path(int folder, const std::string& path, int flags) {
  constexpr size_t kLongest = size_t{64} << 10;
  if (path.size() < PATH_MAX) return openat(folder, path.c_str(), flags | O_CLOEXEC);
  if (path.size() > kLongest) {
    errno = ENAMETOOLONG;
    return -1;
  }
  int current = folder;
  size_t begin = 0;
  while (path.size() - begin >= PATH_MAX) {
    const size_t slash = path.rfind('/', begin + PATH_MAX - 1);
    if (slash == std::string::npos || slash <= begin)
      break;  // one part is too long: openat says so
    const std::string part = path.substr(begin, slash - begin);
    const int next = openat(current, part.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    const int error = errno;
    if (current != folder) close(current);
    errno = error;
    if (next < 0) return -1;
    current = next;
    begin = slash + 1;
  }
  const int opened = openat(current, path.c_str() + begin, flags | O_CLOEXEC);
  const int error = errno;
  if (current != folder) close(current);
  errno = error;
  return opened;
}

}  // namespace headwater
