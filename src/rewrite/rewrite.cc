#include "rewrite/rewrite.h"

#define XXH_INLINE_ALL
#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "base/paths.h"

namespace headwater::rewrite {
namespace {

constexpr uint64_t kLargestRewritten = 64 << 20;  // bytes

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_of_name(char c) {
  return c == '_' || c == '.' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

size_t blanks_end(std::string_view text, size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}
size_t name_end(std::string_view text, size_t at) {
  while (at < text.size() && is_of_name(text[at])) ++at;
  return at;
}

/// Whether `word` stands at `at` and nothing that goes on.
bool has_word(std::string_view text, size_t at, std::string_view word) {
  return text.substr(at).starts_with(word) &&
         (at + word.size() == text.size() || !is_of_name(text[at + word.size()]));
}

std::string replaced(std::string_view text, size_t begin, size_t end, std::string_view by) {
  return std::string(text.substr(0, begin)).append(by).append(text.substr(end));
}

std::optional<std::string> from_rewritten(std::string_view statement, std::string_view to) {
  const size_t begin = blanks_end(statement, 4);
  const size_t end = name_end(statement, begin);
  const size_t import = blanks_end(statement, end);
  if (begin == 4 || end == begin || !has_word(statement, import, "import")) return std::nullopt;
  return replaced(statement, begin, end, to);
}

std::optional<std::string> import_rewritten(std::string_view statement, std::string_view from,
                                            std::string_view to) {
  for (size_t at = name_end(statement, 0); at < statement.size();) {
    const size_t begin = blanks_end(statement, at);
    const size_t end = name_end(statement, begin);
    if (statement.substr(begin, end - begin) == from) {
      const size_t as = blanks_end(statement, end);
      if (as == end || !has_word(statement, as, "as")) return std::nullopt;
      return replaced(statement, begin, end, to);
    }
    at = std::max(end, at + 1);
  }
  return std::nullopt;
}

std::string left_line(const MovedImport& moved, std::string_view why) {
  return fmt::format("{}:{} is left as it is: {}", moved.file, moved.line, why);
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

void add_line(char mark, std::string_view line, std::string& out) {
  out += mark;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

}  // namespace

std::optional<std::string> rewritten(std::string_view statement, std::string_view from,
                                     std::string_view to) {
  if (has_word(statement, 0, "from")) return from_rewritten(statement, to);
  if (has_word(statement, 0, "import")) return import_rewritten(statement, from, to);
  return std::nullopt;
}

Rewritten rewrite(const FileSystem& files, const std::string& root,
                  std::span<const MovedImport> moved) {
  Rewritten made;
  for (size_t begin = 0; begin < moved.size();) {
    size_t end = begin + 1;
    while (end < moved.size() && moved[end].file == moved[begin].file) ++end;
    const auto of_file = moved.subspan(begin, end - begin);
    begin = end;
    const auto text = files.read(join_path(root, of_file[0].file), kLargestRewritten);
    const bool is_same = text && hash_of(*text) == of_file[0].content_hash;
    RewrittenFile file{of_file[0].file, text ? *text : "", text ? *text : ""};
    // From the end, so that places before it stay valid.
    for (size_t i = of_file.size(); i-- > 0;) {
      const MovedImport& import = of_file[i];
      if (!is_same) {
        made.left.push_back(left_line(import, "the file has changed since it was audited"));
        continue;
      }
      const auto statement =
          std::string_view(file.before).substr(import.begin, import.end - import.begin);
      const auto by = rewritten(statement, import.from, import.to);
      if (!by) {
        made.left.push_back(left_line(import, "other lines may use the name that it binds"));
        continue;
      }
      file.after.replace(import.begin, import.end - import.begin, *by);
      ++file.statements;
    }
    if (file.statements != 0) made.files.push_back(std::move(file));
  }
  std::ranges::sort(made.left);
  return made;
}

std::string unified_diff(const RewrittenFile& file) {
  constexpr size_t kContext = 3;
  const std::vector<std::string_view> before = lines_of(file.before);
  const std::vector<std::string_view> after = lines_of(file.after);
  std::string out = fmt::format("--- a/{}\n+++ b/{}\n", file.path, file.path);
  const auto differs = [&](size_t line) { return before[line] != after[line]; };
  for (size_t line = 0; line < before.size();) {
    if (!differs(line)) {
      ++line;
      continue;
    }
    const size_t begin = line < kContext ? 0 : line - kContext;
    size_t last = line;  // that differs
    for (size_t at = line; at < std::min(before.size(), last + 2 * kContext + 1); ++at) {
      if (differs(at)) last = at;
    }
    const size_t end = std::min(before.size(), last + kContext + 1);
    out += fmt::format("@@ -{0},{1} +{0},{1} @@\n", begin + 1, end - begin);
    for (size_t at = begin; at < end;) {
      if (!differs(at)) {
        add_line(' ', before[at++], out);
        continue;
      }
      const size_t first = at;
      while (at < end && differs(at)) ++at;
      for (size_t each = first; each < at; ++each) add_line('-', before[each], out);
      for (size_t each = first; each < at; ++each) add_line('+', after[each], out);
    }
    line = end;
  }
  return out;
}

}  // namespace headwater::rewrite
