#include "scan/notebook/magics.h"

#include <algorithm>
#include <iterator>

#include "scan/python/logical_lines.h"

namespace headwater::scan {
namespace {

/// Cell magics that run their body as the notebook's own code.
constexpr std::string_view kTransparent[] = {"capture",      "debug",   "memit", "prun",
                                             "pyinstrument", "scalene", "time",  "timeit"};
constexpr std::string_view kBlank = " \t\f";

/// Keeps line ends, so that lines count as in the cell.
void append_blank_lines(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '\n' || c == '\r') out += c;
  }
}

std::string_view without_line_end(std::string_view line) {
  return line.substr(0, line.find_last_not_of("\r\n") + 1);
}

/// Where the right side of `names = %magic` or `names = !command` begins; npos if it is no such.
size_t assigned_magic(std::string_view line) {
  const size_t equals = line.find('=');
  if (equals == std::string_view::npos || equals == 0) return std::string_view::npos;
  const bool plain =
      std::all_of(line.begin(), line.begin() + static_cast<long>(equals), [](char c) {
        return c == '_' || c == ',' || c == '.' || c == ' ' || c == '\t' ||
               (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               static_cast<unsigned char>(c) >= 0x80;
      });
  const size_t value = line.find_first_not_of(kBlank, equals + 1);
  if (!plain || value == std::string_view::npos) return std::string_view::npos;
  return line[value] == '%' || line[value] == '!' ? value : std::string_view::npos;
}

bool asks_for_help(std::string_view line) {
  const size_t last = line.find_last_not_of(kBlank);
  return last != std::string_view::npos && line[last] == '?';
}

void append_line(std::string& out, std::string_view line) {
  const std::string_view text = without_line_end(line);
  const size_t first = text.find_first_not_of(kBlank);
  const bool is_magic = first != std::string_view::npos &&
                        (text[first] == '%' || text[first] == '!' || text[first] == '?' ||
                         (text.find('#') == std::string_view::npos && asks_for_help(text)));
  const size_t value = assigned_magic(text);
  if (is_magic) {
    out += text.substr(0, first);
    out += "pass";
  } else if (value != std::string_view::npos) {
    out += text.substr(0, value);
    out += "None";
  } else {
    out += line;
    return;
  }
  append_blank_lines(out, line);
}

/// The name of the magic at the start of `line`, which begins with its `%`.
std::string_view magic_name(std::string_view line) {
  const size_t begin = line.find_first_not_of('%');
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_first_of(" \t\r\n", begin) - begin);
}

/// After the line end of the physical line at `begin`.
size_t next_line(std::string_view text, size_t begin) {
  const size_t end = text.find('\n', begin);
  return end == std::string_view::npos ? text.size() : end + 1;
}

}  // namespace

std::string python_of_cell(std::string_view cell) {
  std::string out;
  size_t begin = 0;
  // Cell magics stand before anything but blank lines; several may follow each other.
  for (size_t first = cell.find_first_not_of(" \t\r\n"); first != std::string_view::npos;
       first = cell.find_first_not_of(" \t\r\n", begin)) {
    if (cell.substr(first, 2) != "%%") break;
    if (std::ranges::find(kTransparent, magic_name(cell.substr(first))) == std::end(kTransparent)) {
      append_blank_lines(out, cell.substr(begin));
      return out;
    }
    const size_t end = next_line(cell, first);
    append_blank_lines(out, cell.substr(begin, end - begin));
    begin = end;
  }
  while (begin < cell.size()) {
    const size_t first = cell.find_first_not_of(kBlank, begin);
    const bool shell = first != std::string_view::npos &&
                       (cell[first] == '%' || cell[first] == '!' || cell[first] == '?');
    // A quote in a command is the shell's: it must not swallow the lines that follow.
    size_t end = shell ? next_line(cell, begin) : logical_line_end(cell, begin, nullptr);
    while (shell && end < cell.size() && end >= 2 && cell[end - 1] == '\n' &&
           cell[end - 2] == '\\') {
      end = next_line(cell, end);
    }
    const size_t value = assigned_magic(cell.substr(begin, next_line(cell, begin) - begin));
    if (value != std::string_view::npos) end = next_line(cell, begin);
    append_line(out, cell.substr(begin, end - begin));
    begin = end;
  }
  return out;
}

}  // namespace headwater::scan
