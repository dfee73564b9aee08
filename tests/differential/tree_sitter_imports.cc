// A second opinion on the scanner: every import statement that tree-sitter's Python grammar finds
// in a file must be one that scan_python finds, at the same byte, and the other way round. Two
// parsers written apart from each other and from CPython seldom share a mistake. Files that
// tree-sitter does not parse are counted and left out.
//
// Usage: headwater_tree_sitter_imports FOLDER...

#include <tree_sitter/api.h>

#include <algorithm>
#include <compare>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scan/python/scanner.h"

extern "C" const TSLanguage* tree_sitter_python();

namespace {

namespace fs = std::filesystem;

/// One alias of an `import` statement or one whole `from` statement, as text so that a difference
/// can be printed.
struct Row {
  uint32_t offset;  // 0-based byte of the statement
  std::string text;

  auto operator<=>(const Row&) const = default;
};

struct Totals {
  size_t files = 0;
  size_t rows = 0;
  size_t not_parsed = 0;
  size_t differing = 0;
};

/// A dotted name without the blanks and continuations that may stand between its parts.
std::string dotted(TSNode node, std::string_view source) {
  std::string name;
  if (ts_node_named_child_count(node) == 0) {
    const uint32_t begin = ts_node_start_byte(node);
    return std::string(source.substr(begin, ts_node_end_byte(node) - begin));
  }
  for (uint32_t i = 0; i < ts_node_named_child_count(node); ++i) {
    const TSNode part = ts_node_named_child(node, i);
    if (std::strcmp(ts_node_type(part), "identifier") != 0) continue;  // a comment
    name += (name.empty() ? "" : ".") + dotted(part, source);
  }
  return name;
}

std::string field_text(TSNode node, const char* field, std::string_view source) {
  return dotted(ts_node_child_by_field_name(node, field, uint32_t(std::strlen(field))), source);
}

std::string with_alias(TSNode name, std::string_view source) {
  if (std::strcmp(ts_node_type(name), "aliased_import") != 0) return dotted(name, source);
  return field_text(name, "name", source) + " as " + field_text(name, "alias", source);
}

/// The dots and the name of `from ..package.module`.
std::string from_module(TSNode statement, std::string_view source) {
  const TSNode module = ts_node_child_by_field_name(statement, "module_name", 11);
  if (ts_node_is_null(module)) return "__future__";
  if (std::strcmp(ts_node_type(module), "relative_import") != 0) return dotted(module, source);
  std::string text;
  for (uint32_t i = 0; i < ts_node_named_child_count(module); ++i) {
    const TSNode child = ts_node_named_child(module, i);
    const std::string_view type = ts_node_type(child);
    if (type == "dotted_name") text += dotted(child, source);
    if (type != "import_prefix") continue;
    const std::string_view prefix = source.substr(
        ts_node_start_byte(child), ts_node_end_byte(child) - ts_node_start_byte(child));
    text.append(size_t(std::count(prefix.begin(), prefix.end(), '.')), '.');
  }
  return text;
}

void add_statement(TSNode statement, std::string_view source, std::vector<Row>& rows) {
  const uint32_t offset = ts_node_start_byte(statement);
  const bool is_import = std::strcmp(ts_node_type(statement), "import_statement") == 0;
  std::string names;
  for (uint32_t i = 0; i < ts_node_child_count(statement); ++i) {
    const TSNode child = ts_node_child(statement, i);
    const char* field = ts_node_field_name_for_child(statement, i);
    const bool is_star = std::strcmp(ts_node_type(child), "wildcard_import") == 0;
    if (!is_star && (field == nullptr || std::strcmp(field, "name") != 0)) continue;
    const std::string name = is_star ? "*" : with_alias(child, source);
    if (is_import) rows.push_back({offset, "import " + name});
    names += (names.empty() ? "" : ", ") + name;
  }
  if (!is_import)
    rows.push_back({offset, "from " + from_module(statement, source) + " import " + names});
}

/// Iterative, since real trees are deeper than a stack is safe for.
std::vector<Row> rows_of_tree(TSNode root, std::string_view source) {
  std::vector<Row> rows;
  TSTreeCursor cursor = ts_tree_cursor_new(root);
  for (bool inside = true; inside;) {
    const TSNode node = ts_tree_cursor_current_node(&cursor);
    const std::string_view type = ts_node_type(node);
    const bool is_import = type == "import_statement" || type == "import_from_statement" ||
                           type == "future_import_statement";
    if (is_import) add_statement(node, source, rows);
    if (!is_import && ts_tree_cursor_goto_first_child(&cursor)) continue;
    while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      inside = ts_tree_cursor_goto_parent(&cursor);
      if (!inside) break;
    }
  }
  ts_tree_cursor_delete(&cursor);
  return rows;
}

std::vector<Row> rows_of_scanner(std::string_view source) {
  std::vector<Row> rows;
  const headwater::FileFacts facts = headwater::scan::scan_python(source);
  for (const headwater::Import& import : facts.imports()) {
    const std::string module =
        std::string(import.level, '.') + std::string(facts.name(import.module));
    std::string names;
    std::string alias;
    for (uint32_t i = 0; i < import.name_count; ++i) {
      const headwater::ImportedName& bound = facts.imported_names()[import.first_name + i];
      alias = bound.has_as ? " as " + std::string(facts.name(bound.as_name)) : "";
      names += (i == 0 ? "" : ", ") + std::string(facts.name(bound.name)) + alias;
    }
    rows.push_back({import.offset, import.is_from ? "from " + module + " import " + names
                                                  : "import " + module + alias});
  }
  return rows;
}

void print_only(const char* whose, const std::vector<Row>& rows, const std::vector<Row>& others) {
  for (const Row& row : rows) {
    if (std::find(others.begin(), others.end(), row) != others.end()) continue;
    std::printf("  only %s: byte %u: %s\n", whose, row.offset, row.text.c_str());
  }
}

void compare(const fs::path& path, TSParser* parser, Totals& totals) {
  std::ifstream stream(path, std::ios::binary);
  const std::string source{std::istreambuf_iterator<char>(stream),
                           std::istreambuf_iterator<char>()};
  const std::unique_ptr<TSTree, decltype(&ts_tree_delete)> tree(
      ts_parser_parse_string(parser, nullptr, source.data(), uint32_t(source.size())),
      ts_tree_delete);
  const TSNode root = ts_tree_root_node(tree.get());
  if (ts_node_has_error(root)) {
    ++totals.not_parsed;
    return;
  }
  std::vector<Row> theirs = rows_of_tree(root, source);
  std::vector<Row> ours = rows_of_scanner(source);
  std::sort(theirs.begin(), theirs.end());
  std::sort(ours.begin(), ours.end());
  ++totals.files;
  totals.rows += theirs.size();
  if (ours == theirs) return;
  if (++totals.differing > 10) return;
  std::printf("%s\n", path.c_str());
  print_only("tree-sitter", theirs, ours);
  print_only("headwater", ours, theirs);
}

}  // namespace

int main(int argc, char** argv) {
  const std::unique_ptr<TSParser, decltype(&ts_parser_delete)> parser(ts_parser_new(),
                                                                      ts_parser_delete);
  ts_parser_set_language(parser.get(), tree_sitter_python());
  Totals totals;
  for (int i = 1; i < argc; ++i) {
    std::error_code error;
    fs::recursive_directory_iterator it(argv[i], fs::directory_options::skip_permission_denied,
                                        error);
    for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
      if (it->path().extension() == ".py" && it->is_regular_file(error))
        compare(it->path(), parser.get(), totals);
    }
    if (error)
      std::fprintf(stderr, "%s: cannot be read to its end: %s\n", argv[i], error.message().c_str());
    if (error) return 2;
  }
  std::printf(
      "%zu rows of %zu files compared, %zu files differ, %zu left out: tree-sitter does not parse "
      "them\n",
      totals.rows, totals.files, totals.differing, totals.not_parsed);
  return totals.differing == 0 && totals.rows != 0 ? 0 : 1;
}
