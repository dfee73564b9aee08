#include "scan/python/syntax/parser.h"

#include <string>

#include "scan/python/source_encoding.h"
#include "scan/python/syntax/compile_rules.h"
#include "scan/python/syntax/syntax_parser.h"

namespace headwater::scan {
namespace parsing {
namespace {

// What the current token is after an error. Rules look one token ahead.
constexpr Token kStopped[2] = {{0, 0, 0, TokenKind::kEnd, 0}, {0, 0, 0, TokenKind::kEnd, 0}};

}  // namespace

void Parser::run() {
  tree_.reserve(text_.size());
  Items body(*this);
  next_line();
  while (!failed_ && !at(TokenKind::kEnd)) statement(body);
  tree_.set_root(tree_.add(NodeKind::kModule, 0, 0, 1, syntax::Module{body.list()}));
  if (tokenizer_.nested_format_line() != 0 && out_.verdict.needs_version.minor < 12) {
    out_.verdict.needs_version = {tokenizer_.nested_format_line(),
                                  tokenizer_.nested_format_offset(),
                                  SyntaxFeature::kNestedFormatString, 12};
  }
}

void Parser::next_line() {
  tokenizer_.next_line();
  token_ = tokenizer_.tokens().data();
}

/// The end of a logical line: the next one is read.
void Parser::end_line() {
  if (!at(TokenKind::kNewline)) return fail_here();
  last_line_ = token_->line;
  next_line();
}

void Parser::stop() {
  failed_ = true;
  token_ = kStopped;
}

void Parser::fail(uint32_t offset, uint32_t line, std::string message,
                  SyntaxErrorClass error_class) {
  if (failed_) return;
  fault_ = {offset, line, error_class, std::move(message)};
  stop();
}

void Parser::fail_at(NodeId node, std::string message) {
  fail(tree_.offset(node), tree_.line(node), std::move(message));
}

/// The current token fits nowhere.
void Parser::fail_here(const char* message) {
  if (failed_) return;
  if (at(TokenKind::kError)) {
    fault_ = tokenizer_.fault();
    return stop();
  }
  const Token& token = *token_;
  if (at(TokenKind::kIndent)) {
    return fail(token.begin, token.line, "unexpected indent", SyntaxErrorClass::kIndentation);
  }
  fail(token.begin, token.line, message != nullptr ? message : unexpected());
}

std::string Parser::unexpected() const {
  if (at(TokenKind::kNotEqualBrackets) || at(TokenKind::kBackquote)) return "invalid syntax";
  return "invalid syntax";
}

void Parser::expect(TokenKind kind, const char* message) {
  if (!accept(kind)) fail_here(message);
}

/// Nests too deep to be judged.
void Parser::give_up() {
  if (failed_) return;
  out_.too_deep = true;
  stop();
}

void Parser::rewind(const Speculation& speculation) {
  token_ = speculation.token;
  scratch_.resize(speculation.scratch);
  failed_ = false;
}

void Parser::note(SyntaxFeature feature, uint8_t minor, const Token& token) {
  VersionNeed& need = out_.verdict.needs_version;
  if (minor > need.minor) need = {token.line, token.begin, feature, minor};
}

void Parser::gone(GoneSyntax syntax, uint32_t line, uint8_t minor) {
  if (out_.verdict.gone_since.syntax == GoneSyntax::kNone) {
    out_.verdict.gone_since = {line, syntax, minor};
  }
}

NameId Parser::name(const char* message) {
  const Token& token = *token_;
  if (!at(TokenKind::kName)) {
    fail_here(message);
    return kNoName;
  }
  ++token_;
  return intern(token);
}

bool Parser::starts_expression() const {
  using enum TokenKind;
  switch (token_->kind) {
    case kName:
    case kNumber:
    case kString:
    case kFormatStart:
    case kLeftParenthesis:
    case kLeftBracket:
    case kLeftBrace:
    case kEllipsis:
    case kPlus:
    case kMinus:
    case kTilde:
    case kStar:
    case kAwait:
    case kFalse:
    case kLambda:
    case kNone:
    case kNot:
    case kTrue:
      return true;
    default:
      return false;
  }
}

namespace {

uint32_t column_of(std::string_view text, uint32_t offset) {
  size_t begin = std::min<size_t>(offset, text.size());
  uint32_t column = 1;
  while (begin > 0 && text[begin - 1] != '\n' && text[begin - 1] != '\r') {
    --begin;
    column += (static_cast<unsigned char>(text[begin]) & 0xC0) != 0x80;
  }
  return column;
}

/// The tokenizer's errors further down win over one of the grammar, as in CPython
/// (_PyPegen_tokenize_full_source_to_check_for_errors).
Fault prefer_tokenizer_fault(std::string_view text, const Fault& fault) {
  if (fault.error_class != SyntaxErrorClass::kGrammar) return fault;
  Tokenizer rest(text);
  do {
    rest.next_line();
  } while (rest.tokens().back().kind == TokenKind::kNewline);
  if (rest.tokens().back().kind != TokenKind::kError) return fault;
  const Fault& other = rest.fault();
  const bool never_closed = other.message.ends_with("was never closed");
  if (other.error_class == SyntaxErrorClass::kIndentation) return fault;
  return never_closed && other.line >= fault.line ? fault : other;
}

SyntaxProblem problem_of_encoding(const SyntaxFault& fault) {
  return {fault.line, 1, SyntaxErrorClass::kLexical,
          fault.kind == SyntaxErrorKind::kNullByte
              ? "source code cannot contain null bytes"
              : "the bytes do not decode as the file's encoding"};
}

}  // namespace
}  // namespace parsing

ParsedModule parse_module(std::string_view bytes) {
  ParsedModule out;
  std::string storage;
  const DecodedSource source = decode_source(bytes, storage);
  if (source.fault) {
    out.verdict.errors.push_back(parsing::problem_of_encoding(*source.fault));
    return out;
  }
  return parse_decoded(source.text);
}

ParsedModule parse_decoded(std::string_view text) {
  ParsedModule out;
  parsing::Parser parser(text, out);
  parser.run();
  VersionNeed& need = out.verdict.needs_version;
  if (need.minor != 0) need.column = parsing::column_of(text, need.column);
  if (out.too_deep) return out;
  if (parser.failed()) {
    const parsing::Fault fault = parsing::prefer_tokenizer_fault(text, parser.fault());
    out.verdict.errors.push_back(
        {fault.line, parsing::column_of(text, fault.offset), fault.error_class, fault.message});
    return out;
  }
  for (const parsing::Fault& fault :
       parsing::CompileRules(out.tree, parser.has_declarations()).run()) {
    out.verdict.errors.push_back(
        {fault.line, parsing::column_of(text, fault.offset), fault.error_class, fault.message});
  }
  return out;
}

}  // namespace headwater::scan
