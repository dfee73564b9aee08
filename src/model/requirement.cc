#include "model/requirement.h"

#include <charconv>

#include "base/text.h"

namespace headwater {
namespace {

bool is_name_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '_' || c == '.';
}

bool is_alphanumeric(char c) { return is_name_byte(c) && c != '-' && c != '_' && c != '.'; }

/// A release as written: `3.9.2` has three numbers. `wildcard` for a final `.*`.
struct Release {
  std::vector<int> numbers;
  bool wildcard = false;
};

std::optional<Release> parse_release(std::string_view text) {
  Release release;
  if (text.starts_with('v')) text.remove_prefix(1);
  while (!text.empty()) {
    if (text == "*") {
      release.wildcard = true;
      break;
    }
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{}) break;
    release.numbers.push_back(number);
    text.remove_prefix(static_cast<size_t>(end - text.data()));
    if (!text.starts_with('.')) break;
    text.remove_prefix(1);
  }
  if (release.numbers.empty()) return std::nullopt;
  return release;
}

PythonVersion minor_of(const Release& release) {
  return {release.numbers[0], release.numbers.size() > 1 ? release.numbers[1] : 0};
}

/// Whether some patch release of `version` satisfies one clause such as `>=3.9.2`. Patch numbers
/// have no upper end, so a bound inside a minor version admits it in all but `<X.Y` and `<X.Y.0`.
bool admits(std::string_view comparison, const Release& bound, PythonVersion version) {
  const PythonVersion minor = minor_of(bound);
  const bool has_minor = bound.numbers.size() > 1;
  const bool has_patch = bound.numbers.size() > 2 && bound.numbers[2] > 0;
  const auto same = [&] { return has_minor ? version == minor : version.major == minor.major; };
  if (comparison == ">=" || comparison == ">") return version >= minor;
  if (comparison == "<=") return version <= minor;
  if (comparison == "<") return version < minor || (has_patch && version == minor);
  if (comparison == "!=") return !(same() && (bound.wildcard || !has_minor));
  if (comparison == "^") return version >= minor && version.major == minor.major;
  if (comparison == "~") return has_minor ? same() : version.major == minor.major;
  if (comparison == "~=") {
    return bound.numbers.size() > 2 ? same() : version >= minor && version.major == minor.major;
  }
  return same();  // ==, ===, or a bare version
}

bool admits_all(std::string_view clauses, PythonVersion version) {
  for (std::string_view clause : split_trimmed(clauses, ',')) {
    const size_t digits = clause.find_first_of("0123456789*");
    if (digits == std::string_view::npos) return false;
    const std::string_view text = trimmed(clause.substr(digits));
    if (text == "*") continue;
    const auto bound = parse_release(text);
    if (!bound || !admits(trimmed(clause.substr(0, digits)), *bound, version)) return false;
  }
  return true;
}

}  // namespace

std::string normalized_distribution_name(std::string_view name) {
  std::string out;
  for (const char c : trimmed(name)) {
    if (c != '-' && c != '_' && c != '.') {
      out += c;
    } else if (!out.ends_with('-')) {
      out += '-';
    }
  }
  return lowered(out);
}

std::string_view requirement_name(std::string_view requirement) {
  requirement = trimmed(requirement);
  size_t end = 0;
  while (end < requirement.size() && is_name_byte(requirement[end])) ++end;
  while (end > 0 && !is_alphanumeric(requirement[end - 1])) --end;
  if (end == 0 || !is_alphanumeric(requirement[0])) return {};
  const std::string_view rest = trimmed(requirement.substr(end));
  const bool is_url_or_path = rest.starts_with(':') || rest.starts_with('+') ||
                              rest.starts_with('/') || rest.starts_with('\\');
  return is_url_or_path ? std::string_view{} : requirement.substr(0, end);
}

std::string_view required_extra(std::string_view requirement) {
  const size_t marker = requirement.find(';');
  if (marker == std::string_view::npos) return {};
  const std::string_view text = requirement.substr(marker);
  for (size_t at = text.find("extra"); at != std::string_view::npos;
       at = text.find("extra", at + 1)) {
    const bool starts = !is_name_byte(text[at - 1]);
    const bool ends = at + 5 == text.size() || !is_name_byte(text[at + 5]);
    if (!starts || !ends || text[at - 1] == '"' || text[at - 1] == '\'') continue;
    // `extra == "x"`, or `"x" == extra`.
    const size_t after = text.find_first_not_of(" \t", at + 5);
    const bool is_compared = after != text.npos && (text[after] == '=' || text[after] == '!');
    const size_t quote = is_compared ? text.find_first_of("\"'", after) : text.npos;
    const std::string_view before = text.substr(0, at);
    const size_t end = is_compared ? text.npos : before.find_last_of("\"'");
    std::string_view name;
    if (quote != text.npos) {
      name = text.substr(quote + 1);
      name = name.substr(0, name.find(text[quote]));
    } else if (end != text.npos) {
      name = before.substr(0, end);
      name = name.substr(name.find_last_of("\"'") + 1);  // npos + 1 is 0
    }
    return name.empty() ? text.substr(at, 5) : name;
  }
  return {};
}

std::optional<PythonVersion> newest_admitted(std::string_view specifier,
                                             const std::vector<PythonVersion>& versions) {
  std::optional<PythonVersion> newest;
  for (const std::string_view alternative : split_trimmed(specifier, '|')) {
    for (const PythonVersion version : versions) {
      if (admits_all(alternative, version) && (!newest || version > *newest)) newest = version;
    }
  }
  return newest;
}

std::optional<PythonVersion> parse_python_version(std::string_view text) {
  const auto release = parse_release(trimmed(text));
  if (!release || release->numbers.size() < 2) return std::nullopt;
  return minor_of(*release);
}

}  // namespace headwater
