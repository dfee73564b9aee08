#include "model/syntax_verdict.h"

namespace headwater {

const char* feature_text(SyntaxFeature feature) {
  switch (feature) {
    case SyntaxFeature::kNone:
      break;
    case SyntaxFeature::kWalrus:
      return "assignment expression";
    case SyntaxFeature::kPositionalOnly:
      return "positional-only parameter";
    case SyntaxFeature::kEqualsInFormatString:
      return "'=' in an f-string";
    case SyntaxFeature::kUnparenthesizedUnpack:
      return "unpacking without parentheses";
    case SyntaxFeature::kAnyDecorator:
      return "decorator that is no dotted name";
    case SyntaxFeature::kParenthesizedWith:
      return "parenthesized context managers";
    case SyntaxFeature::kMatch:
      return "match statement";
    case SyntaxFeature::kWalrusInIndex:
      return "assignment expression in an index or set";
    case SyntaxFeature::kExceptStar:
      return "except*";
    case SyntaxFeature::kStarInIndex:
      return "unpacking in an index";
    case SyntaxFeature::kStarredAnnotation:
      return "starred annotation";
    case SyntaxFeature::kUnpackInFor:
      return "unpacking in a for loop's iterable";
    case SyntaxFeature::kTypeStatement:
      return "type statement";
    case SyntaxFeature::kTypeParameters:
      return "type parameters";
    case SyntaxFeature::kNestedFormatString:
      return "f-string with its own quotes, backslashes or comments in a field";
    case SyntaxFeature::kTypeParameterDefault:
      return "type parameter default";
    case SyntaxFeature::kTemplateString:
      return "t-string";
    case SyntaxFeature::kExceptWithoutParens:
      return "except with several types and no parentheses";
    case SyntaxFeature::kLazyImport:
      return "lazy import";
  }
  return "";
}

const char* gone_text(GoneSyntax syntax) {
  switch (syntax) {
    case GoneSyntax::kNone:
      break;
    case GoneSyntax::kPrintStatement:
      return "print statement";
    case GoneSyntax::kExecStatement:
      return "exec statement";
    case GoneSyntax::kBackticks:
      return "backticks";
    case GoneSyntax::kNotEqualBrackets:
      return "<> operator";
    case GoneSyntax::kRaiseComma:
      return "raise with a comma";
    case GoneSyntax::kOctalWithoutO:
      return "octal number without 0o";
    case GoneSyntax::kLongInteger:
      return "long integer";
    case GoneSyntax::kUnicodeRaw:
      return "ur string";
    case GoneSyntax::kTupleParameter:
      return "tuple parameter";
    case GoneSyntax::kAsyncAsName:
      return "async as a name";
  }
  return "";
}

}  // namespace headwater
