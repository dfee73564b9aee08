#pragma once

#include <string_view>

#include "scan/python/syntax/token.h"

namespace headwater::scan::parsing {

/// The keyword's kind, or `kName`.
inline TokenKind keyword_kind(std::string_view word) {
  using enum TokenKind;
  const auto is = [word](std::string_view keyword, TokenKind kind) {
    return word == keyword ? kind : kName;
  };
  if (word.size() < 2 || word.size() > 8) return kName;
  switch (word[0]) {
    case 'a':
      if (word.size() == 2) return is("as", kAs);
      if (word.size() == 3) return is("and", kAnd);
      if (word.size() == 6) return is("assert", kAssert);
      if (word.size() != 5) return kName;
      return word[1] == 's' ? is("async", kAsync) : is("await", kAwait);
    case 'b':
      return is("break", kBreak);
    case 'c':
      return word.size() == 5 ? is("class", kClass) : is("continue", kContinue);
    case 'd':
      if (word.size() != 3) return kName;
      return word[2] == 'f' ? is("def", kDef) : is("del", kDel);
    case 'e':
      if (word.size() == 6) return is("except", kExcept);
      if (word.size() != 4) return kName;
      return word[3] == 'f' ? is("elif", kElif) : is("else", kElse);
    case 'f':
      if (word.size() == 3) return is("for", kFor);
      if (word.size() == 4) return is("from", kFrom);
      return is("finally", kFinally);
    case 'g':
      return is("global", kGlobal);
    case 'i':
      if (word.size() == 2) {
        return word[1] == 'f' ? kIf : word[1] == 'n' ? kIn : word[1] == 's' ? kIs : kName;
      }
      return is("import", kImport);
    case 'l':
      return is("lambda", kLambda);
    case 'n':
      return word.size() == 3 ? is("not", kNot) : is("nonlocal", kNonlocal);
    case 'o':
      return is("or", kOr);
    case 'p':
      return is("pass", kPass);
    case 'r':
      return word[1] == 'a' ? is("raise", kRaise) : is("return", kReturn);
    case 't':
      return is("try", kTry);
    case 'w':
      return word.size() == 4 ? is("with", kWith) : is("while", kWhile);
    case 'y':
      return is("yield", kYield);
    case 'F':
      return is("False", kFalse);
    case 'N':
      return is("None", kNone);
    case 'T':
      return is("True", kTrue);
    default:
      return kName;
  }
}

}  // namespace headwater::scan::parsing
