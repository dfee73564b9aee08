#include "scan/python/scanner.h"

#define XXH_INLINE_ALL

#include <string>

#include "base/hash.h"
#include "scan/python/block_parser.h"
#include "scan/python/path_edit_reader.h"
#include "scan/python/source_encoding.h"
#include "scan/python/string_uses.h"
#include "scan/python/suppressions.h"
#include "scan/python/syntax/parser.h"
#include "scan/python/syntax/survey.h"

namespace headwater::scan {
namespace {

SyntaxErrorKind kind_of(SyntaxErrorClass error_class) {
  switch (error_class) {
    case SyntaxErrorClass::kLexical:
      return SyntaxErrorKind::kLexical;
    case SyntaxErrorClass::kBracket:
      return SyntaxErrorKind::kBracket;
    case SyntaxErrorClass::kIndentation:
      return SyntaxErrorKind::kIndentation;
    case SyntaxErrorClass::kGrammar:
      return SyntaxErrorKind::kGrammar;
    case SyntaxErrorClass::kSymbolTable:
      break;
  }
  return SyntaxErrorKind::kCompileRule;
}

/// The first error, or what the file needs of Python.
void add_parsed_verdict(std::string_view text, FactsBuilder& facts) {
  const ParsedModule parsed = parse_decoded(text);
  if (parsed.too_deep) return;
  if (!parsed.verdict.errors.empty()) {
    const SyntaxProblem& first = parsed.verdict.errors.front();
    facts.syntax_faults.push_back(
        {first.line, kind_of(first.error_class), first.column, facts.names.intern(first.message)});
    return;
  }
  const VersionNeed& need = parsed.verdict.needs_version;
  if (need.minor == 0) return;
  facts.version_requirements.push_back(
      {need.line, need.column, facts.names.intern(feature_text(need.feature)), need.minor});
}

}  // namespace

FileFacts PythonScanner::scan(std::string_view bytes) {
  facts_.clear();
  facts_.content_hash = hash_of(bytes);
  index_.build(bytes, classes_);
  // ASCII is taken as it is, whatever encoding it declares.
  const DecodedSource source = index_.is_plain_ascii() ? DecodedSource{bytes, std::nullopt}
                                                       : decode_source(bytes, transcoded_);
  if (source.text.data() != bytes.data()) index_.build(source.text, classes_);
  if (source.fault) {
    facts_.syntax_faults.push_back(*source.fault);
    survey_.give_up();
    scan_text(source.text);
  } else {
    survey_text(source.text, index_, survey_);
    if (survey_.is_suspect) survey_.give_up();
    const bool is_regular = scan_text(source.text);
    if (strict_ || survey_.is_suspect || !is_regular) {
      add_parsed_verdict(source.text, facts_);
    } else if (survey_.feature != SyntaxFeature::kNone) {
      LineTable lines(source.text, index_);
      const uint32_t offset = survey_.feature_offset;
      facts_.version_requirements.push_back({lines.line(offset), lines.column(offset),
                                             facts_.names.intern(feature_text(survey_.feature)),
                                             survey_.minor});
    }
  }
  find_string_uses(source.text, index_, survey_.lines, facts_);
  read_path_edits(source.text, source.fault.has_value(), facts_);
  return facts_.build();
}

FileFacts PythonScanner::scan_cells(std::string_view text, uint64_t content_hash,
                                    std::span<const NotebookCell> cells) {
  facts_.clear();
  facts_.content_hash = content_hash;
  facts_.cells.assign(cells.begin(), cells.end());
  index_.build(text, classes_);
  survey_.give_up();
  scan_text(text);
  return facts_.build();
}

bool PythonScanner::scan_text(std::string_view text) {
  const bool is_regular = BlockParser(text, index_, facts_, survey_.lines).run();
  if (survey_.may_have_pragmas) find_suppressions(text, index_, facts_);
  return is_regular;
}

FileFacts scan_python(std::string_view bytes) { return PythonScanner().scan(bytes); }

}  // namespace headwater::scan
