#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/path_expression.h"

namespace headwater::scan {

/// What an expression of a source file is, as far as it is about paths.
struct PathValue {
  enum class Kind : uint8_t {
    kUnknown,
    kText,        // a string, or a path that nothing has made absolute yet
    kPlace,       // an absolute path
    kParents,     // `.parents`, and the same with its own path in front; the fields are the first's
    kList,        // of anything but lists
    kSearchPath,  // `sys.path` itself
  };
  Kind kind = Kind::kUnknown;
  // Of kPlace and kParents: `up` folders above what `base` means, and `text` below that.
  PathExpression::Base base = PathExpression::Base::kFile;
  std::vector<std::string> markers{};
  uint32_t skipped = 0;
  uint32_t up = 0;
  std::string text{};
  std::vector<PathValue> items{};

  bool is_path() const { return kind == Kind::kText || kind == Kind::kPlace; }
  friend bool operator==(const PathValue&, const PathValue&) = default;
};

/// `__file__`: its name is not known, only that it is one part below its folder.
PathValue own_file();
PathValue working_folder();
PathValue text_value(std::string_view text);
PathValue list_value(std::vector<PathValue> items);
/// Unknown where it would be too long to be a path that anybody means.
PathValue joined(PathValue left, const PathValue& right);
/// `left + right`, of strings or of lists.
PathValue added(PathValue left, const PathValue& right);
/// By the letters alone, as os.path.dirname and `.parent`: "a/.." lies in "a".
PathValue parent_of(PathValue path);
PathValue parents_of(const PathValue& path);
/// As os.path.abspath and `.resolve()`. Links are not looked at.
PathValue made_absolute(PathValue path);
/// The nearest folder among `parents` that holds one of the markers.
PathValue nearest(const PathValue& parents, const std::vector<std::string>& markers);
/// nullopt: no path.
std::optional<PathExpression> path_expression(const PathValue& path);
/// Whether it is the file itself or lies below it: no folder.
bool is_below_file(const PathExpression& path);

}  // namespace headwater::scan
