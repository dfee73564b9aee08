// The parser of import statements on tokens that are there already, by the statement's shape.

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "model/file_facts.h"
#include "scan/python/import_parser.h"
#include "scan/python/lexer.h"

namespace {

using namespace headwater;

void parse_import(benchmark::State& state, const std::string& statement) {
  const std::string text = statement + '\n' + std::string(64, '\0');
  scan::ByteIndex index;
  index.build(std::string_view(text).substr(0, statement.size() + 1), scan::best_byte_classes());
  scan::Lexer lexer(std::string_view(text).substr(0, statement.size() + 1), index);
  std::vector<scan::Token> tokens;
  uint32_t indentation = 0;
  lexer.next_line(tokens, indentation);
  FactsBuilder facts;
  for (auto _ : state) {
    facts.clear();
    scan::parse_import_statement(scan::TokenView(text, tokens), Import{}, facts);
    benchmark::DoNotOptimize(facts.imports.data());
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(statement.size()));
}
BENCHMARK_CAPTURE(parse_import, plain, std::string("import os"));
BENCHMARK_CAPTURE(parse_import, dotted, std::string("import store.catalog.models as models"));
BENCHMARK_CAPTURE(parse_import, from, std::string("from store.catalog.models import Item"));
BENCHMARK_CAPTURE(parse_import, relative, std::string("from ...models import Item, Stock as S"));
BENCHMARK_CAPTURE(parse_import, parenthesized,
                  std::string("from store.models import (\n    Item,\n    Stock,\n    Price as P,\n"
                              "    Order,\n    Refund,\n    Invoice,\n)"));

}  // namespace
