#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headwater::findings {

/// `--select` and `--ignore`: codes or prefixes of codes. The longest prefix that fits decides; an
/// empty `select` takes everything.
struct Selection {
  std::vector<std::string> select;
  std::vector<std::string> ignore;

  bool takes(std::string_view code) const;
};

}  // namespace headwater::findings
