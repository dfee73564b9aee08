#include "model/run_condition.h"

namespace headwater {

Platforms platform_of(std::string_view name) {
  if (name == "linux") return kLinux;
  if (name == "darwin") return kDarwin;
  return name == "win32" ? kWin32 : kOtherPlatform;
}

}  // namespace headwater
