#include "scan/config/source_paths.h"

#include "scan/config/paths.h"
#include "scan/python/byte_classes.h"
#include "scan/python/lexer.h"
#include "scan/python/logical_lines.h"
#include "scan/python/source_text.h"
#include "scan/python/string_literal.h"
#include "scan/python/token_view.h"

namespace headwater::scan {

void add_source_paths(std::string_view text, std::vector<ConfigString>& out) {
  ByteIndex index;
  index.build(text, best_byte_classes());
  Lexer lexer(text, index);
  LineTable places(text, index);
  std::vector<Token> tokens;
  for (size_t begin = 0; begin < text.size();) {
    lexer.read_line(begin, tokens);
    if (tokens.empty()) return;
    // Blank lines and comments have been stepped over.
    begin = logical_line_end(text, tokens[0].begin, nullptr);
    const TokenView line(text, tokens);
    for (size_t i = 0, end = 0; i < line.size(); i = end) {
      end = i + 1;
      if (line[i].kind != TokenKind::kString) continue;
      while (end < line.size() && line[end].kind == TokenKind::kString) ++end;
      const auto value = string_value(line.range(i, end));
      if (!value) continue;
      add_path(*value, "", places.line(line[i].begin), places.column(line[i].begin), out);
    }
  }
}

}  // namespace headwater::scan
