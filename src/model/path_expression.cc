#include "model/path_expression.h"

#include <charconv>

#include "base/text.h"

namespace headwater {

std::string PathExpression::text() const {
  switch (base) {
    case Base::kFile:
      return "file:" + below;
    case Base::kWorkingFolder:
      return "cwd:" + below;
    case Base::kAbsolute:
      return below;
    case Base::kUpward:
      break;
  }
  std::string out = "up:" + std::to_string(skipped) + ':';
  for (const std::string& marker : markers) {
    if (&marker != &markers.front()) out += '|';
    out += marker;
  }
  return out + ':' + below;
}

PathExpression PathExpression::parse(std::string_view text) {
  const auto after = [&](size_t begin) { return std::string(text.substr(begin)); };
  if (text.starts_with("file:")) return {Base::kFile, {}, after(5)};
  if (text.starts_with("cwd:")) return {Base::kWorkingFolder, {}, after(4)};
  if (!text.starts_with("up:")) return {Base::kAbsolute, {}, after(0)};
  const size_t number_end = text.find(':', 3);
  const size_t colon = text.find(':', number_end + 1);
  PathExpression expression{Base::kUpward, {}, after(colon + 1)};
  std::from_chars(text.data() + 3, text.data() + number_end, expression.skipped);
  for (const std::string_view marker :
       split_trimmed(text.substr(number_end + 1, colon - number_end - 1), '|')) {
    expression.markers.emplace_back(marker);
  }
  return expression;
}

}  // namespace headwater
