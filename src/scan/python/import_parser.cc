#include "scan/python/import_parser.h"

#include <algorithm>
#include <string>

#include "scan/python/identifier.h"
#include "scan/python/syntax/keywords.h"

namespace headwater::scan {
namespace {

/// Reads `a . b . c` at `i`; blanks between the parts are not part of the name.
NameId dotted_name(TokenView tokens, size_t& i, NameTable& names) {
  std::string name;
  while (tokens.is_name(i) && !tokens.is(i, "as") && !tokens.is(i, "import")) {
    name += tokens.word_at(i++);
    if (!tokens.is_op(i, '.')) break;
    name += '.';
    ++i;
  }
  return intern_identifier(names, name);
}

ImportedName with_alias(TokenView tokens, size_t i, NameId name, NameTable& names) {
  if (!tokens.is(i, "as") || !tokens.is_name(i + 1)) return ImportedName{name, name, false};
  return ImportedName{name, intern_identifier(names, tokens.word_at(i + 1)), true};
}

/// Whether `item` ends at `i`, behind a name, or behind an `as` and a name there.
bool is_whole(TokenView item, size_t i) {
  return i > 0 && item.is_name(i - 1) &&
         (item.size() == i || (item.size() == i + 2 && item.is(i, "as") && item.is_name(i + 1)));
}

bool parse_plain(TokenView rest, Import where, FactsBuilder& facts) {
  bool is_regular = !rest.empty() && !rest.is_op(rest.size() - 1, ',');
  rest.split(',', [&](TokenView item) {
    Import made = where;
    size_t i = 0;
    made.module = dotted_name(item, i, facts.names);
    is_regular &= is_whole(item, i);
    made.first_name = static_cast<uint32_t>(facts.imported_names.size());
    made.name_count = 1;
    facts.imported_names.push_back(with_alias(item, i, made.module, facts.names));
    facts.imports.push_back(made);
  });
  return is_regular;
}

bool parse_from(TokenView rest, Import made, FactsBuilder& facts) {
  made.is_from = true;
  size_t i = 0;
  uint32_t dots = 0;
  for (; rest.is_op(i, '.'); ++i) ++dots;
  made.level = std::min(dots, kMostDots) & kMostDots;
  made.module = dotted_name(rest, i, facts.names);
  if (!rest.is(i, "import")) return false;
  bool is_regular = i > 0 && (i == dots || rest.is_name(i - 1));
  made.first_name = static_cast<uint32_t>(facts.imported_names.size());
  TokenView names = rest.from(i + 1);
  const bool is_enclosed = names.is_enclosed();
  if (is_enclosed) names = names.range(1, names.size() - 1);
  const bool is_star = names.size() == 1 && names.is_op(0, '*') && !is_enclosed;
  if (names.empty() || (!is_enclosed && names.is_op(names.size() - 1, ','))) is_regular = false;
  names.split(',', [&](TokenView item) {
    is_regular &= is_star || is_whole(item, item.is_name(0) ? 1 : 0);
    if (item.empty()) return;
    const NameId name = intern_identifier(facts.names, item.word_at(0));
    facts.imported_names.push_back(with_alias(item, 1, name, facts.names));
    ++made.name_count;
  });
  facts.imports.push_back(made);
  return is_regular;
}

/// Whether a keyword stands where only a name can: `import class`.
bool has_keyword(TokenView statement) {
  using enum parsing::TokenKind;
  for (size_t i = 0; i < statement.size(); ++i) {
    if (!statement.is_name(i)) continue;
    const parsing::TokenKind kind = parsing::keyword_kind(statement.word_at(i));
    if (kind != kName && kind != kImport && kind != kFrom && kind != kAs) return true;
  }
  return false;
}

bool is_lazy(TokenView statement) {
  return statement.is(0, "lazy") && (statement.is(1, "import") || statement.is(1, "from"));
}

}  // namespace

bool is_import_statement(TokenView statement) {
  return statement.is(0, "import") || statement.is(0, "from") || is_lazy(statement);
}

bool parse_import_statement(TokenView statement, Import where, FactsBuilder& facts) {
  where.is_lazy = is_lazy(statement);
  if (where.is_lazy) statement = statement.from(1);
  const bool is_regular = statement.is(0, "import") ? parse_plain(statement.from(1), where, facts)
                                                    : parse_from(statement.from(1), where, facts);
  return is_regular && !has_keyword(statement);
}

}  // namespace headwater::scan
