// Prints what the parser makes of each file that stdin names, one JSON line per file:
// {"file", "errors": [[line, column, class, message]], "needs": [minor, feature, line],
//  "gone": [minor, text, line], "too_deep", "tree"}; `tree` only with --tree, as the lines that
// syntax.py makes of CPython's.
#include <fmt/format.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "base/json_ascii.h"
#include "scan/python/source_encoding.h"
#include "scan/python/syntax/parser.h"
#include "syntax_dump.h"

namespace {

using namespace headwater;

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

const char* class_text(SyntaxErrorClass error_class) {
  switch (error_class) {
    case SyntaxErrorClass::kLexical:
      return "lexical";
    case SyntaxErrorClass::kBracket:
      return "bracket";
    case SyntaxErrorClass::kIndentation:
      return "indentation";
    case SyntaxErrorClass::kGrammar:
      return "grammar";
    case SyntaxErrorClass::kSymbolTable:
      return "symbol table";
  }
  return "";
}

void print(const std::string& path, const std::string& bytes, bool with_tree) {
  const scan::ParsedModule parsed = scan::parse_module(bytes);
  std::string out = "{\"file\": ";
  append_json_ascii(out, path);
  out += ", \"errors\": [";
  for (const SyntaxProblem& problem : parsed.verdict.errors) {
    if (out.back() == ']') out += ", ";
    out += fmt::format("[{}, {}, \"{}\", ", problem.line, problem.column,
                       class_text(problem.error_class));
    append_json_ascii(out, problem.message);
    out += ']';
  }
  const VersionNeed& need = parsed.verdict.needs_version;
  const GoneSince& gone = parsed.verdict.gone_since;
  out += fmt::format("], \"needs\": [{}, \"{}\", {}], \"gone\": [{}, \"{}\", {}], \"too_deep\": {}",
                     need.minor, feature_text(need.feature), need.line, gone.minor,
                     gone_text(gone.syntax), gone.line, parsed.too_deep);
  if (with_tree && parsed.verdict.errors.empty() && !parsed.too_deep) {
    out += ", \"tree\": ";
    std::string storage;
    const scan::DecodedSource source = scan::decode_source(bytes, storage);
    append_json_ascii(out, syntax_test::dump(parsed.tree, source.text));
  }
  out += "}\n";
  std::fwrite(out.data(), 1, out.size(), stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const bool with_tree = argc > 1 && std::strcmp(argv[1], "--tree") == 0;
  const bool is_benchmark = argc > 1 && std::strcmp(argv[1], "--only-parse") == 0;
  std::string path;
  while (std::getline(std::cin, path)) {
    const std::string bytes = read_file(path);
    if (is_benchmark) {
      (void)headwater::scan::parse_module(bytes);
    } else {
      print(path, bytes, with_tree);
    }
  }
}
