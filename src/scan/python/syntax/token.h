#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/syntax_verdict.h"

namespace headwater::scan::parsing {

enum class TokenKind : uint8_t {
  kEnd,
  kNewline,
  kIndent,
  kDedent,
  kError,  // the tokenizer has said why
  kName,
  kNumber,
  kString,
  kFormatStart,  // f" or t"
  kFormatText,
  kFormatEnd,
  // Operators
  kLeftParenthesis,
  kRightParenthesis,
  kLeftBracket,
  kRightBracket,
  kLeftBrace,
  kRightBrace,
  kComma,
  kColon,
  kSemicolon,
  kDot,
  kEllipsis,
  kArrow,
  kWalrus,
  kExclamation,
  kAssign,
  kPlusAssign,  // augmented assignments, in the order of BinaryOperator
  kMinusAssign,
  kStarAssign,
  kAtAssign,
  kSlashAssign,
  kPercentAssign,
  kDoubleStarAssign,
  kLeftShiftAssign,
  kRightShiftAssign,
  kPipeAssign,
  kCaretAssign,
  kAmpersandAssign,
  kDoubleSlashAssign,
  kPlus,  // binary operators, in the order of BinaryOperator
  kMinus,
  kStar,
  kAt,
  kSlash,
  kPercent,
  kDoubleStar,
  kLeftShift,
  kRightShift,
  kPipe,
  kCaret,
  kAmpersand,
  kDoubleSlash,
  kTilde,
  kEqual,  // comparisons, in the order of CompareOperator
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kNotEqualBrackets,  // <>
  kBackquote,
  // Keywords
  kAnd,
  kAs,
  kAssert,
  kAsync,
  kAwait,
  kBreak,
  kClass,
  kContinue,
  kDef,
  kDel,
  kElif,
  kElse,
  kExcept,
  kFalse,
  kFinally,
  kFor,
  kFrom,
  kGlobal,
  kIf,
  kImport,
  kIn,
  kIs,
  kLambda,
  kNone,
  kNonlocal,
  kNot,
  kOr,
  kPass,
  kRaise,
  kReturn,
  kTrue,
  kTry,
  kWhile,
  kWith,
  kYield,
};

inline bool is_keyword(TokenKind kind) { return kind >= TokenKind::kAnd; }

/// Prefix letters of a string, as a bit set.
inline constexpr uint8_t kRaw = 1;
inline constexpr uint8_t kBytes = 2;
inline constexpr uint8_t kUnicode = 4;
inline constexpr uint8_t kFormat = 8;
inline constexpr uint8_t kTemplate = 16;
inline constexpr uint8_t kTriple = 32;

struct Token {
  uint32_t begin;  // 0-based bytes, [begin, end)
  uint32_t end;
  uint32_t line;  // 1-based, of `begin`
  TokenKind kind;
  uint8_t flags;  // of strings and their parts
};
static_assert(sizeof(Token) == 16);

/// An error on its way: where it is in bytes.
struct Fault {
  uint32_t offset = 0;
  uint32_t line = 0;
  SyntaxErrorClass error_class = SyntaxErrorClass::kGrammar;
  std::string message;
};

}  // namespace headwater::scan::parsing
