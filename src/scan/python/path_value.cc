#include "scan/python/path_value.h"

#include <utility>

#include "base/paths.h"

namespace headwater::scan {
namespace {

using Base = PathExpression::Base;
using Kind = PathValue::Kind;

constexpr std::string_view kOwnName("\0", 1);  // no file is called so
constexpr size_t kMostItems = 256;
constexpr size_t kMostBytes = 4096;

PathValue limited(PathValue value) {
  return value.text.size() > kMostBytes || value.items.size() > kMostItems ? PathValue{}
                                                                           : std::move(value);
}

}  // namespace

PathValue own_file() { return {.kind = Kind::kPlace, .text = std::string(kOwnName)}; }

PathValue working_folder() { return {.kind = Kind::kPlace, .base = Base::kWorkingFolder}; }

PathValue text_value(std::string_view text) {
  return limited({.kind = Kind::kText, .text = std::string(text)});
}

PathValue list_value(std::vector<PathValue> items) {
  for (PathValue& item : items) {
    // Lists in lists could grow without bound, and nothing asks for them.
    if (item.kind == Kind::kList) item = {};
  }
  return limited({.kind = Kind::kList, .items = std::move(items)});
}

PathValue joined(PathValue left, const PathValue& right) {
  if (!left.is_path() || !right.is_path()) return {};
  if (right.kind == Kind::kPlace || right.text.starts_with('/')) return right;
  left.text = join_path(left.text, right.text);
  return limited(std::move(left));
}

PathValue added(PathValue left, const PathValue& right) {
  if (left.kind == Kind::kSearchPath) left = {.kind = Kind::kList, .items = {left}};
  if (left.kind == Kind::kList) {
    if (right.kind == Kind::kSearchPath) {
      left.items.push_back(right);
    } else if (right.kind == Kind::kList) {
      left.items.insert(left.items.end(), right.items.begin(), right.items.end());
    } else {
      return {};
    }
    return limited(std::move(left));
  }
  if (!left.is_path() || right.kind != Kind::kText) return {};
  // What is added to the name of a folder that is not known gives another unknown one.
  const bool has_name = left.kind == Kind::kText || !left.text.empty();
  if (right.text.starts_with('/') && left.kind == Kind::kPlace) {
    left.text = (left.text.empty() ? "." : left.text) + right.text;
  } else if (has_name && !left.text.ends_with('\0')) {
    left.text += right.text;
  } else {
    return {};
  }
  return limited(std::move(left));
}

PathValue parent_of(PathValue path) {
  if (!path.is_path()) return {};
  while (path.text.size() > 1 && path.text.ends_with('/')) path.text.pop_back();
  if (path.kind == Kind::kPlace && path.text.empty()) {
    ++path.up;
  } else {
    path.text = std::string(parent_path(path.text));
    if (path.kind == Kind::kPlace && path.text == ".") path.text.clear();
  }
  return path;
}

PathValue parents_of(const PathValue& path) {
  PathValue first = parent_of(path);
  first.kind = first.kind == Kind::kPlace ? Kind::kParents : Kind::kUnknown;
  return first;
}

PathValue made_absolute(PathValue path) {
  if (!path.is_path()) return {};
  const bool is_relative = path.kind == Kind::kText && !path.text.starts_with('/');
  if (is_relative) path = joined(working_folder(), path);
  path.text = normalize_path(path.text);
  while (path.kind == Kind::kPlace && (path.text == ".." || path.text.starts_with("../"))) {
    ++path.up;
    path.text.erase(0, 3);
  }
  return path;
}

PathValue nearest(const PathValue& parents, const std::vector<std::string>& markers) {
  const bool is_of_file =
      parents.base == Base::kFile && (parents.text.empty() || parents.text == kOwnName);
  if (parents.kind != Kind::kParents || !is_of_file || markers.empty()) return {};
  for (const std::string& marker : markers) {
    if (marker.empty() || marker.find_first_of(":|") != std::string::npos) return {};
  }
  return {.kind = Kind::kPlace, .base = Base::kUpward, .markers = markers, .skipped = parents.up};
}

std::optional<PathExpression> path_expression(const PathValue& path) {
  if (!path.is_path()) return std::nullopt;
  const PathValue whole = made_absolute(path);
  if (whole.kind == Kind::kText) return PathExpression{Base::kAbsolute, {}, whole.text};
  std::string below;
  for (uint32_t i = 0; i < whole.up; ++i) below += i == 0 ? ".." : "/..";
  return PathExpression{whole.base, whole.markers, join_path(below, whole.text), whole.skipped};
}

bool is_below_file(const PathExpression& path) {
  return path.below.find('\0') != std::string::npos;
}

}  // namespace headwater::scan
