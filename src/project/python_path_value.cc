#include "project/python_path_value.h"

#include <algorithm>

#include "base/paths.h"
#include "base/text.h"

namespace headwater::project {
namespace {

constexpr std::string_view kName = "PYTHONPATH";
constexpr std::string_view kQuotes = "\"'";

bool is_quote(char c) { return kQuotes.find(c) != std::string_view::npos; }
bool is_space(char c) { return c == ' ' || c == '\t'; }

bool is_name_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Brackets hold a value together: `${{ github.workspace }}/src`, `$(shell pwd)`.
int depth_after(int depth, char c) {
  if (c == '{' || c == '(') return depth + 1;
  return (c == '}' || c == ')') && depth > 0 ? depth - 1 : depth;
}

/// The text behind the assignment sign; nullptr data if there is none. `sign` is what follows the
/// name.
std::string_view behind_sign(std::string_view sign) {
  size_t at = 0;
  while (at < sign.size() && is_space(sign[at])) ++at;
  const bool is_apart = at > 0;
  constexpr std::string_view kSigns[] = {"::=", ":=", "?=", "+=", "=", ":"};
  for (const std::string_view each : kSigns) {
    if (!sign.substr(at).starts_with(each)) continue;
    const std::string_view rest = sign.substr(at + each.size());
    // A shell's `PYTHONPATH= command` sets it to nothing; `PYTHONPATH:-x` is a part of an
    // expansion.
    const bool is_empty = each == "=" && !is_apart && !rest.empty() && is_space(rest[0]);
    const bool is_expansion = each == ":" && !rest.empty() && !is_space(rest[0]) && rest[0] != '"';
    if (is_empty || is_expansion) return {};
    return trimmed(rest);
  }
  return {};
}

/// Up to the end of the word. `around`: the quote that the name stands in too, or 0.
std::string value_of(std::string_view text, char around) {
  std::string value;
  char quote = 0;
  int depth = 0;
  for (const char c : text) {
    if (c == around && around != 0) break;
    if (quote == 0 && is_quote(c)) {
      quote = c;
    } else if (c == quote && quote != 0) {
      quote = 0;
    } else {
      constexpr std::string_view kEnds = ";&|,`]";
      const bool closes = depth == 0 && (c == '}' || c == ')');
      const bool ends = is_space(c) || kEnds.find(c) != std::string_view::npos || closes;
      if (quote == 0 && depth == 0 && ends) break;
      depth = depth_after(depth, c);
      value += c;
    }
  }
  return value;
}

/// Whether the name at `at` stands in a sentence: among other words in quotes, or behind `echo`,
/// unless that writes the settings of what runs next.
bool is_prose(std::string_view line, size_t at) {
  const std::string_view head = line.substr(0, at);
  const bool is_inside = std::ranges::any_of(
      kQuotes, [&](char quote) { return std::ranges::count(head, quote) % 2 == 1; });
  if (is_inside && !is_quote(head.back()) && head.find(" -c ") == head.npos) return true;
  const bool is_printed = head.find("echo ") != head.npos || head.find("printf ") != head.npos;
  return is_printed && line.find("GITHUB_ENV") == line.npos;
}

void read_line(std::string_view line, uint32_t number, std::vector<PythonPathAssignment>& found) {
  for (size_t at = line.find(kName); at != std::string_view::npos;
       at = line.find(kName, at + kName.size())) {
    const char before = at == 0 ? ' ' : line[at - 1];
    const bool is_use =
        before == '$' || line.substr(0, at).ends_with("${") || line.substr(0, at).ends_with("$(");
    if (is_name_part(before) || is_use || is_prose(line, at)) continue;
    std::string_view rest = line.substr(at + kName.size());
    char around = is_quote(before) ? before : '\0';
    if (!rest.empty() && around != 0 && rest[0] == around) {
      rest.remove_prefix(1);
      around = 0;
    }
    const std::string value = value_of(behind_sign(rest), around);
    if (!value.empty()) found.push_back({value, number});
  }
}

/// The parts between colons, brackets held together.
std::vector<std::string> split_path(std::string_view value) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (const char c : value) {
    depth = depth_after(depth, c);
    if (c == ':' && depth == 0) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::string replaced(std::string_view text, std::string_view what, std::string_view by) {
  std::string out;
  for (size_t at = text.find(what); at != std::string_view::npos; at = text.find(what)) {
    out.append(text.substr(0, at)).append(by);
    text.remove_prefix(at + what.size());
  }
  return out.append(text);
}

/// The end of the variable that begins at `at` with `$` or `{`.
size_t end_of_variable(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && text[end] == '$') ++end;
  if (end < text.size() && (text[end] == '{' || text[end] == '(')) {
    int depth = 0;
    do {
      depth = depth_after(depth, text[end++]);
    } while (end < text.size() && depth > 0);
    return end;
  }
  while (end < text.size() && is_name_part(text[end])) ++end;
  return end;
}

/// Variables that stand for the folder that a tool runs in, or was told of.
bool is_working_folder(std::string_view variable) {
  constexpr std::string_view kVariables[] = {"PWD",
                                             "pwd",
                                             "shell pwd",
                                             "CURDIR",
                                             "toxinidir",
                                             "tox_root",
                                             "GITHUB_WORKSPACE",
                                             "github.workspace",
                                             "CI_PROJECT_DIR",
                                             "TRAVIS_BUILD_DIR",
                                             "CIRCLE_WORKING_DIRECTORY",
                                             "WORKSPACE",
                                             "env.WORKSPACE",
                                             "BITBUCKET_CLONE_DIR",
                                             "CIRRUS_WORKING_DIR",
                                             "APPVEYOR_BUILD_FOLDER",
                                             "Build.SourcesDirectory",
                                             "System.DefaultWorkingDirectory",
                                             "workspaceFolder"};
  const size_t begin = variable.find_first_not_of("${( ");
  if (begin == std::string_view::npos) return false;
  const size_t end = variable.find_last_not_of("}) ");
  const std::string_view name = variable.substr(begin, end - begin + 1);
  return std::ranges::find(kVariables, name) != std::end(kVariables);
}

/// Puts `.` for the working folder and nothing for PYTHONPATH itself, which is kept beside the
/// rest.
std::string expanded(const std::string& part) {
  std::string out;
  for (size_t at = 0; at < part.size();) {
    if (part[at] != '$' && part[at] != '{') {
      out += part[at++];
      continue;
    }
    const size_t end = std::max(end_of_variable(part, at), at + 1);
    const std::string_view variable = std::string_view(part).substr(at, end - at);
    if (is_working_folder(variable)) {
      out += '.';
    } else if (variable.find(kName) == std::string_view::npos) {
      out += variable;
    }
    at = end;
  }
  return out;
}

}  // namespace

std::vector<PythonPathAssignment> python_path_assignments(std::string_view text) {
  std::vector<PythonPathAssignment> found;
  if (text.find(kName) == std::string_view::npos) return found;
  uint32_t number = 0;
  for (const std::string_view line : split_lines(text)) {
    ++number;
    const std::string_view content = trimmed(line);
    if (!content.starts_with('#') && !content.starts_with(';')) read_line(content, number, found);
  }
  return found;
}

PythonPathFolders python_path_folders(std::string_view value) {
  PythonPathFolders out;
  // tox's words for the two separators.
  const std::string plain = replaced(replaced(value, "{:}", ":"), "{/}", "/");
  for (const std::string& part : split_path(plain)) {
    const std::string folder = expanded(part);
    if (trimmed(folder).empty()) continue;
    if (folder.find_first_of("$`{}%~\\*") != std::string::npos) {
      out.has_unread = true;
    } else {
      out.folders.push_back(normalize_path(trimmed(folder)));
    }
  }
  return out;
}

}  // namespace headwater::project
