#include <charconv>

#include "scan/python/syntax/syntax_parser.h"

namespace headwater::scan::parsing {

NodeId Parser::atom() {
  using enum TokenKind;
  switch (token_->kind) {
    case kName: {
      const Token token = *token_++;
      return add(NodeKind::kName, token, syntax::Name{intern(token)});
    }
    case kNumber:
      return number();
    case kString:
    case kFormatStart:
      return strings();
    case kLeftParenthesis:
      return parenthesized();
    case kLeftBracket:
      return list_display();
    case kLeftBrace:
      return brace_display();
    case kNone:
      return singleton(ConstantKind::kNone);
    case kTrue:
      return singleton(ConstantKind::kTrue);
    case kFalse:
      return singleton(ConstantKind::kFalse);
    case kEllipsis:
      return singleton(ConstantKind::kEllipsis);
    default:
      if (at(kBackquote)) gone(GoneSyntax::kBackticks, token_->line);
      fail_here();
      return kNoNode;
  }
}

NodeId Parser::singleton(ConstantKind kind) {
  const Token token = *token_++;
  return add(NodeKind::kConstant, token, syntax::Constant{}, static_cast<uint8_t>(kind));
}

NodeId Parser::number() {
  const Token token = *token_++;
  const std::string_view written = word_of(token);
  std::string& text = tree_.mutable_text();
  syntax::Constant fields{};
  fields.text = {static_cast<uint32_t>(text.size()), static_cast<uint32_t>(written.size())};
  text += written;
  const char second = written.size() > 1 ? static_cast<char>(written[1] | 32) : '\0';
  const int base = second == 'x' ? 16 : second == 'o' ? 8 : second == 'b' ? 2 : 10;
  ConstantKind kind = ConstantKind::kInt;
  if (base != 16 && (written.back() | 32) == 'j') {
    kind = ConstantKind::kImaginary;
  } else if (base == 10 && written.find_first_of(".eE") != written.npos) {
    kind = ConstantKind::kFloat;
  } else {
    std::string digits;
    const std::string_view value = base == 10 ? written : written.substr(2);
    const bool is_plain = value.find('_') == value.npos;
    if (!is_plain)
      std::ranges::copy_if(value, std::back_inserter(digits), [](char c) { return c != '_'; });
    const std::string_view read = is_plain ? value : std::string_view(digits);
    const auto [end, error] =
        std::from_chars(read.data(), read.data() + read.size(), fields.value, base);
    fields.value_fits = error == std::errc() && end == read.data() + read.size() ? 1 : 0;
  }
  return add(NodeKind::kConstant, token, fields, static_cast<uint8_t>(kind));
}

bool Parser::at_comprehension() const {
  return at(TokenKind::kFor) || (at(TokenKind::kAsync) && next_is(TokenKind::kFor));
}

void Parser::close_bracket(TokenKind close) {
  if (accept(close)) return;
  fail_here(starts_expression() ? "invalid syntax. Perhaps you forgot a comma?" : nullptr);
}

/// `(`: an empty tuple, a tuple, a generator, or one expression, which stays itself.
NodeId Parser::parenthesized() {
  using enum TokenKind;
  const Token start = *token_++;
  if (accept(kRightParenthesis)) return add(NodeKind::kTuple, start, syntax::List{});
  if (at(kYield)) {
    const NodeId value = yield();
    close_bracket(kRightParenthesis);
    return value;
  }
  const bool is_starred = at(kStar);
  NodeId value = star_named_expression();
  if (at_comprehension()) {
    if (is_starred) fail_at(value, "iterable unpacking cannot be used in comprehension");
    const NodeList clauses = generators();
    value = add(NodeKind::kGeneratorExp, start, syntax::ListComp{value, clauses});
  } else if (at(kComma)) {
    value = tuple_after(start, value, &Parser::star_named_expression);
  } else if (is_starred && at(kRightParenthesis)) {
    fail_at(value, "cannot use starred expression here");
  } else if (at(kDoubleStar)) {
    fail_here("cannot use double starred expression here");
  }
  close_bracket(kRightParenthesis);
  return value;
}

NodeId Parser::list_display() {
  using enum TokenKind;
  const Token start = *token_++;
  Items items(*this);
  if (!at(kRightBracket)) {
    const bool is_starred = at(kStar);
    const NodeId first = star_named_expression();
    if (at_comprehension()) {
      if (is_starred) fail_at(first, "iterable unpacking cannot be used in comprehension");
      const NodeList clauses = generators();
      close_bracket(kRightBracket);
      return add(NodeKind::kListComp, start, syntax::ListComp{first, clauses});
    }
    items.add(first);
    while (accept(kComma) && starts_expression()) items.add(star_named_expression());
  }
  close_bracket(kRightBracket);
  return add(NodeKind::kList, start, syntax::List{items.list()});
}

/// `{`: a dictionary, a set, or a comprehension of either.
NodeId Parser::brace_display() {
  using enum TokenKind;
  const Token start = *token_++;
  if (at(kRightBrace) || at(kDoubleStar)) return dictionary(start, kNoNode);
  const bool is_starred = at(kStar);
  const Token first_token = *token_;
  const bool is_named = at(kName) && next_is(kWalrus);
  const NodeId first = star_named_expression();
  if (is_named) note(SyntaxFeature::kWalrusInIndex, 10, first_token);
  if (at(kColon) && !is_starred && !is_named) return dictionary(start, first);
  if (at_comprehension()) {
    if (is_starred) fail_at(first, "iterable unpacking cannot be used in comprehension");
    const NodeList clauses = generators();
    close_bracket(kRightBrace);
    return add(NodeKind::kSetComp, start, syntax::ListComp{first, clauses});
  }
  Items items(*this);
  items.add(first);
  while (accept(kComma) && starts_expression()) items.add(star_named_expression());
  close_bracket(kRightBrace);
  return add(NodeKind::kSet, start, syntax::Set{items.list()});
}

/// The rest of a dictionary: `key` is read already, unless it is absent.
NodeId Parser::dictionary(const Token& start, NodeId key) {
  using enum TokenKind;
  std::vector<uint32_t> keys;
  Items values(*this);
  while (key != kNoNode || starts_expression() || at(kDoubleStar)) {
    if (key == kNoNode && accept(kDoubleStar)) {
      keys.push_back(0);
      values.add(binary(5));
      if (at_comprehension()) fail_here("dict unpacking cannot be used in dict comprehension");
    } else {
      if (key == kNoNode) key = expression();
      expect(kColon, "':' expected after dictionary key");
      if (at(kStar)) fail_here("cannot use a starred expression in a dictionary value");
      if (at(kRightBrace) || at(kComma)) {
        fail_here("expression expected after dictionary key and ':'");
      }
      const NodeId value = expression();
      if (keys.empty() && at_comprehension()) {
        const NodeList clauses = generators();
        close_bracket(kRightBrace);
        return add(NodeKind::kDictComp, start, syntax::DictComp{key, value, clauses});
      }
      keys.push_back(static_cast<uint32_t>(key));
      values.add(value);
    }
    key = kNoNode;
    if (!accept(kComma)) break;
  }
  close_bracket(kRightBrace);
  const NodeList key_list{tree_.add_words(keys.data(), keys.size())};
  return add(NodeKind::kDict, start, syntax::Dict{key_list, values.list()});
}

NodeList Parser::conditions() {
  Items conditions(*this);
  while (accept(TokenKind::kIf)) conditions.add(disjunction());
  return conditions.list();
}

NodeList Parser::generators() {
  using enum TokenKind;
  Items clauses(*this);
  while (at_comprehension()) {
    const Token start = *token_;
    const bool is_async = accept(kAsync);
    ++token_;
    const NodeId target = target_list(TargetUse::kFor);
    expect(kIn);
    const NodeId iter = disjunction();
    clauses.add(add(NodeKind::kComprehension, start,
                    syntax::Comprehension{target, iter, conditions()}, is_async));
  }
  return clauses.list();
}

}  // namespace headwater::scan::parsing
