#pragma once

#include <string>

namespace headwater {

/// openat(2) for paths longer than the system takes at once (PATH_MAX): folders may be nested
/// deeper than that, though none of their paths can be named in one call. Returns a descriptor, or
/// -1 with errno. Paths of more than 64 KiB are refused (ENAMETOOLONG): the work is quadratic.
int open_path(int folder, const std::string& path, int flags);

}  // namespace headwater
