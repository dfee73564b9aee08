#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headwater {

/// Which part of CPython would refuse a file.
enum class SyntaxErrorClass : uint8_t {
  kLexical,      // strings, numbers, characters, encoding
  kBracket,      // a bracket without its partner
  kIndentation,  // IndentationError, TabError
  kGrammar,      // the parser
  kSymbolTable,  // the symbol table or the compiler: a tree exists, code does not
};

/// One reason why CPython does not compile a file.
struct SyntaxProblem {
  uint32_t line;    // 1-based, as CPython reports it
  uint32_t column;  // 1-based code points
  SyntaxErrorClass error_class;
  std::string message;  // in CPython's words
};

/// Syntax that not every Python 3 has. The oldest version that takes it: `first_minor`.
enum class SyntaxFeature : uint8_t {
  kNone,
  kWalrus,                 // 3.8
  kPositionalOnly,         // 3.8
  kEqualsInFormatString,   // 3.8, f"{x=}"
  kUnparenthesizedUnpack,  // 3.8, `return *a, b`
  kAnyDecorator,           // 3.9, PEP 614
  kParenthesizedWith,      // 3.9 in fact, by the new parser; documented in 3.10
  kMatch,                  // 3.10
  kWalrusInIndex,          // 3.10, a[b := c] and {b := c}
  kExceptStar,             // 3.11
  kStarInIndex,            // 3.11, a[*b]
  kStarredAnnotation,      // 3.11, *args: *T
  kUnpackInFor,            // 3.9, `for x in *a, b`
  kTypeStatement,          // 3.12
  kTypeParameters,         // 3.12
  kNestedFormatString,     // 3.12, PEP 701
  kTypeParameterDefault,   // 3.13
  kTemplateString,         // 3.14
  kExceptWithoutParens,    // 3.14, PEP 758
  kLazyImport,             // 3.15
};

/// The newest syntax that a file uses: it needs Python 3.`minor`. `minor` 0: any Python 3.
struct VersionNeed {
  uint32_t line = 0;
  uint32_t column = 0;
  SyntaxFeature feature = SyntaxFeature::kNone;
  uint8_t minor = 0;
};

/// Syntax that Python has given up, so that every newer one refuses the file.
enum class GoneSyntax : uint8_t {
  kNone,
  kPrintStatement,
  kExecStatement,
  kBackticks,
  kNotEqualBrackets,  // <>
  kRaiseComma,        // raise E, value
  kOctalWithoutO,     // 0777
  kLongInteger,       // 1L
  kUnicodeRaw,        // ur""
  kTupleParameter,    // def f(a, (b, c))
  kAsyncAsName,       // gone since 3.7
};

struct GoneSince {
  uint32_t line = 0;
  GoneSyntax syntax = GoneSyntax::kNone;
  uint8_t minor = 0;  // of the first Python 3 without it
};

/// "walrus", "type statement", ...
const char* feature_text(SyntaxFeature feature);
const char* gone_text(GoneSyntax syntax);

struct SyntaxVerdict {
  std::vector<SyntaxProblem> errors;  // the first is what CPython reports
  VersionNeed needs_version;
  GoneSince gone_since;
};

}  // namespace headwater
