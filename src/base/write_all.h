#pragma once

#include <string_view>

namespace headwater {

/// write(2) until all is written. 0, or errno.
int write_all(int descriptor, std::string_view bytes);

}  // namespace headwater
