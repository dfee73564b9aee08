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
  /// The first entry that no code begins with; empty if there is none.
  std::string_view unknown() const;
  /// Whether `select` names `prefix`, or a code or prefix below it: for findings that are not
  /// looked for unless asked.
  bool names(std::string_view prefix) const;
};

/// The group of codes that `code` belongs to if it is not looked for unless that is selected, else
/// empty.
inline std::string_view requested_group(std::string_view code) {
  if (code.starts_with("HW5")) return "HW5";
  return code.starts_with("HW42") ? "HW42" : "";
}

}  // namespace headwater::findings
