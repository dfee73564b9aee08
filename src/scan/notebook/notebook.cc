#include "scan/notebook/notebook.h"

#define XXH_INLINE_ALL
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <vector>

#include "base/hash.h"
#include "scan/notebook/magics.h"
#include "scan/python/logical_lines.h"

namespace headwater::scan {
namespace {

namespace json = simdjson::ondemand;
constexpr size_t kPadding = 64;
static_assert(kPadding >= simdjson::SIMDJSON_PADDING);

struct Notebook {
  int64_t format = 0;  // 0: it does not say
  std::string language;
  bool has_cells = false;
  std::vector<std::string> code_cells;
};

/// A source is a string, or a list of strings that are its lines with their ends.
simdjson::error_code append_source(json::value value, std::string& out) {
  json::json_type type{};
  if (const auto error = value.type().get(type)) return error;
  std::string_view text;
  if (type == json::json_type::string) {
    if (const auto error = value.get_string().get(text)) return error;
    out += text;
    return simdjson::SUCCESS;
  }
  json::array lines;
  if (const auto error = value.get_array().get(lines)) return error;
  for (auto line : lines) {
    if (const auto error = line.get_string().get(text)) return error;
    out += text;
  }
  return simdjson::SUCCESS;
}

simdjson::error_code read_cells(json::value value, Notebook& notebook) {
  json::array cells;
  if (const auto error = value.get_array().get(cells)) return error;
  notebook.has_cells = true;
  for (auto cell : cells) {
    json::object object;
    if (const auto error = cell.get_object().get(object)) return error;
    bool is_code = false;
    std::string source;
    for (auto field : object) {
      std::string_view key;
      json::value member;
      if (const auto error = field.unescaped_key().get(key)) return error;
      if (const auto error = field.value().get(member)) return error;
      if (key == "cell_type") {
        std::string_view type;
        if (const auto error = member.get_string().get(type)) return error;
        is_code = type == "code";
      } else if (key == "source") {
        if (const auto error = append_source(member, source)) return error;
      }
    }
    if (is_code) notebook.code_cells.push_back(std::move(source));
  }
  return simdjson::SUCCESS;
}

/// `metadata.language_info.name`, or `metadata.kernelspec.language`.
simdjson::error_code read_language(json::value value, Notebook& notebook) {
  json::object metadata;
  if (const auto error = value.get_object().get(metadata)) return error;
  for (auto field : metadata) {
    std::string_view key;
    json::value member;
    if (const auto error = field.unescaped_key().get(key)) return error;
    if (const auto error = field.value().get(member)) return error;
    const std::string_view wanted = key == "language_info" ? "name"
                                    : key == "kernelspec"  ? "language"
                                                           : "";
    json::object object;
    std::string_view name;
    if (wanted.empty() || member.get_object().get(object)) continue;
    if (!object[wanted].get_string().get(name) && !name.empty()) notebook.language = name;
  }
  return simdjson::SUCCESS;
}

simdjson::error_code read_notebook(json::document& document, Notebook& notebook) {
  json::object whole;
  if (const auto error = document.get_object().get(whole)) return error;
  for (auto field : whole) {
    std::string_view key;
    json::value member;
    if (const auto error = field.unescaped_key().get(key)) return error;
    if (const auto error = field.value().get(member)) return error;
    auto error = simdjson::SUCCESS;
    if (key == "cells") error = read_cells(member, notebook);
    if (key == "metadata") error = read_language(member, notebook);
    if (key == "nbformat") error = member.get_int64().get(notebook.format);
    if (error) return error;
  }
  return simdjson::SUCCESS;
}

bool ends_line(const std::string& text) { return text.ends_with('\n') || text.ends_with('\r'); }

/// Whether no bracket or string of the cell is left open.
bool is_whole(const std::string& python) {
  const std::string text = python + "0\n";
  size_t begin = 0;
  while (begin < python.size()) begin = logical_line_end(text, begin, nullptr);
  return begin == python.size();
}

/// As LineTable counts them.
uint32_t count_lines(std::string_view text) {
  uint32_t lines = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    lines += text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
  }
  return lines;
}

FileFacts facts_of(const Notebook& notebook, PythonScanner& scanner, uint64_t content_hash) {
  std::string joined;
  std::vector<NotebookCell> cells;
  uint32_t line = 1;
  for (size_t i = 0; i < notebook.code_cells.size(); ++i) {
    std::string python = python_of_cell(notebook.code_cells[i]);
    if (!python.empty() && !ends_line(python)) python += '\n';
    if (!is_whole(python) || !scanner.scan(python).syntax_faults().empty()) {
      std::ranges::replace_if(
          python, [](char c) { return c != '\n' && c != '\r'; }, ' ');
    }
    cells.push_back({line, static_cast<uint32_t>(i + 1)});
    line += count_lines(python);
    joined += python;
  }
  return scanner.scan_cells(joined, content_hash, cells);
}

}  // namespace

Result<FileFacts> scan_notebook(std::string_view bytes, const std::string& path,
                                PythonScanner& scanner) {
  json::parser parser;
  json::document document;
  Notebook notebook;
  auto error =
      parser.iterate(simdjson::padded_string_view(bytes, bytes.size() + kPadding)).get(document);
  if (!error) error = read_notebook(document, notebook);
  if (!error && !document.current_location().error()) error = simdjson::TRAILING_CONTENT;
  if (error) {
    return fail(ErrorCode::kMalformed, path,
                fmt::format("is no notebook that can be read, {}; repair it or --exclude it",
                            simdjson::error_message(error)));
  }
  if (notebook.format != 4 || !notebook.has_cells) {
    return fail(ErrorCode::kMalformed, path,
                notebook.format == 0
                    ? "is JSON and no notebook; repair it or --exclude it"
                    : fmt::format("has nbformat {}, only 4 is read; convert it with jupyter "
                                  "nbconvert --to notebook, or --exclude it",
                                  notebook.format));
  }
  const uint64_t hash = hash_of(bytes);
  const bool is_python = notebook.language.empty() || notebook.language.starts_with("python") ||
                         notebook.language.starts_with("Python") ||
                         notebook.language.starts_with("ipython");
  if (!is_python) notebook.code_cells.clear();
  return facts_of(notebook, scanner, hash);
}

}  // namespace headwater::scan
