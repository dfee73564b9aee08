#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "scan/python/syntax/parser.h"
#include "scan/python/syntax/token.h"
#include "scan/python/syntax/tokenizer.h"

namespace headwater::scan::parsing {

/// Recursive descent over CPython's grammar (Grammar/python.gram), with precedence climbing for
/// operators. The first error ends it: from then on the current token is an end that nothing
/// matches, so every rule returns at once and none has to ask.
class Parser {
 public:
  Parser(std::string_view text, ParsedModule& out)
      : text_(text), out_(out), tree_(out.tree), tokenizer_(text) {}

  /// Fills the tree and, after an error, `fault()`.
  void run();
  bool failed() const { return failed_; }
  const Fault& fault() const { return fault_; }
  /// Whether the module has a `global` or `nonlocal` statement.
  bool has_declarations() const { return has_declarations_; }

 private:
  /// Collects the items of one list on the common scratch stack.
  class Items {
   public:
    explicit Items(Parser& parser) : parser_(parser), base_(parser.scratch_.size()) {}
    ~Items() { parser_.scratch_.resize(base_); }
    Items(const Items&) = delete;
    Items& operator=(const Items&) = delete;
    void add(NodeId node) { parser_.scratch_.push_back(static_cast<uint32_t>(node)); }
    void add(NameId name) { parser_.scratch_.push_back(static_cast<uint32_t>(name)); }
    void add(CompareOperator op) { parser_.scratch_.push_back(static_cast<uint32_t>(op)); }
    size_t size() const { return parser_.scratch_.size() - base_; }
    uint32_t at(size_t i) const { return parser_.scratch_[base_ + i]; }
    uint32_t words() const {
      return parser_.tree_.add_words(parser_.scratch_.data() + base_, size());
    }
    NodeList list() const { return {words()}; }

   private:
    Parser& parser_;
    size_t base_;
  };

  /// Bounds how deep rules call themselves and how deep the nodes below this one nest.
  class Depth {
   public:
    explicit Depth(Parser& parser) : parser_(parser), height_(parser.height_) {
      parser_.height_ = 0;
      if (++parser_.depth_ > kMaxRecursion) parser_.give_up();
    }
    ~Depth() {
      --parser_.depth_;
      parser_.height_ += added;
      if (parser_.height_ > SyntaxTree::kMaxDepth) parser_.give_up();
      parser_.height_ = std::max(parser_.height_, height_);
    }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    uint32_t added = 2;  // nodes that the rule puts above its deepest part

   private:
    Parser& parser_;
    uint32_t height_;
  };

  struct Speculation {
    const Token* token;
    size_t scratch;
  };

  static constexpr uint32_t kMaxRecursion = 1000;

  // parser.cc: tokens and errors
  bool at(TokenKind kind) const { return token_->kind == kind; }
  bool next_is(TokenKind kind) const {
    return token_[0].kind != TokenKind::kEnd && token_[1].kind == kind;
  }
  bool at_word(std::string_view word) const {
    return at(TokenKind::kName) && word_of(*token_) == word;
  }
  std::string_view word_of(const Token& token) const {
    return text_.substr(token.begin, token.end - token.begin);
  }
  bool accept(TokenKind kind) {
    if (token_->kind != kind) return false;
    ++token_;
    return true;
  }
  void expect(TokenKind kind, const char* message = nullptr);
  void next_line();
  void end_line();
  void fail(uint32_t offset, uint32_t line, std::string message,
            SyntaxErrorClass error_class = SyntaxErrorClass::kGrammar);
  void fail_at(NodeId node, std::string message);
  void fail_here(const char* message = nullptr);
  std::string unexpected() const;
  void look_for_tokenizer_fault();
  void give_up();
  void stop();
  Speculation begin_speculation() const { return {token_, scratch_.size()}; }
  void rewind(const Speculation& speculation);
  void note(SyntaxFeature feature, uint8_t minor, const Token& token);
  void gone(GoneSyntax syntax, uint32_t line, uint8_t minor = 0);
  NameId intern(const Token& token);
  NameId name(const char* message = nullptr);
  bool starts_expression() const;

  template <typename Fields>
  NodeId add(NodeKind kind, const Token& start, const Fields& fields, uint8_t detail = 0) {
    return tree_.add(kind, detail, start.begin, start.line, fields);
  }

  // statements.cc
  void statement(Items& body);
  void compound_statement(Items& body);
  void simple_statements(Items& body);
  NodeId simple_statement();
  NodeId expression_statement();
  NodeId augmented(const Token& start, NodeId target);
  NodeId pass_like(NodeKind kind);
  NodeId assignment(const Token& start, NodeId first);
  NodeId annotated(const Token& start, NodeId target);
  NodeId return_();
  NodeId raise();
  NodeId assert_();
  NodeId delete_();
  NodeId global();
  NodeId import_(const Token& start, bool is_lazy);
  NodeId import_from(const Token& start, bool is_lazy);
  NodeId alias_of_from();
  NameId dotted_name();
  NodeId type_alias();
  void old_statement();

  // compound.cc
  NodeList block(const char* after, uint32_t line);
  NodeId if_();
  NodeId while_();
  NodeId for_(const Token& start, bool is_async);
  NodeId with(const Token& start, bool is_async);
  bool parenthesized_with_items(Items& items);
  NodeId with_item();
  NodeId try_();
  bool handler(Items& handlers, bool& is_star);
  NodeList else_block();
  NodeId decorated();
  void note_decorator(NodeId decorator, const Token& start);
  NodeId function(const Token& start, NodeList decorators, bool is_async);
  NodeId class_(const Token& start, NodeList decorators);
  NodeList type_params();
  NodeId type_param();
  NodeId async_statement();

  // patterns.cc
  bool match_statement(NodeId& made);
  NodeId match_case();
  NodeId open_pattern();
  NodeId pattern();
  NodeId or_pattern();
  NodeId closed_pattern();
  NodeId maybe_star_pattern();
  NodeId literal_pattern();
  NodeId signed_number();
  NodeId name_pattern();
  NodeId class_pattern(const Token& start, NodeId cls);
  NodeId group_pattern();
  NodeId sequence_pattern();
  NodeId mapping_pattern();
  NodeId mapping_key();
  NameId capture_target();

  // arguments.cc
  struct Parameters;
  NodeId parameters(TokenKind close, bool annotated);
  bool parameter(Parameters& seen, TokenKind close, bool annotated);
  void star_parameter(Parameters& seen, TokenKind close, bool annotated);
  NodeId single_parameter(bool annotated, bool is_star);
  NodeId build_parameters(const Parameters& seen, const Token& start);
  void call_arguments(const Token& open, NodeList& args, NodeList& keywords, bool is_class);
  NodeId call_argument(const Token& open, bool is_first, bool is_class);
  NodeId keyword_argument();

  // expressions.cc
  NodeId expression();
  NodeId lambda();
  NodeId named_expression();
  NodeId disjunction() { return binary(1); }
  NodeId binary(int level);
  NodeId compare(const Token& start, NodeId left);
  bool compare_operator(CompareOperator& op);
  NodeId power();
  NodeId primary();
  NodeId subscript(const Token& start, NodeId value);
  NodeId slice();
  NodeId star_expressions();
  NodeId star_expression();
  NodeId star_named_expression();
  NodeId yield();
  NodeId yield_or_star_expressions();
  NodeId tuple_after(const Token& start, NodeId first, NodeId (Parser::*item)());
  NodeId named_expressions();

  // atoms.cc
  NodeId atom();
  NodeId parenthesized();
  NodeId list_display();
  NodeId brace_display();
  void close_bracket(TokenKind close);
  NodeId dictionary(const Token& start, NodeId key);
  NodeList generators();
  NodeList conditions();
  bool at_comprehension() const;
  NodeId number();
  NodeId singleton(ConstantKind kind);

  // strings.cc
  struct StringParts;
  NodeId strings();
  void plain_string(const Token& token, StringParts& parts);
  void format_string(StringParts& parts);
  void flush_text(StringParts& parts);
  void flush_text(StringParts& parts, uint32_t end);
  void grow_text(const Token& token, StringParts& parts);
  void format_parts(StringParts& parts, TokenKind close);
  void field(StringParts& parts);
  NodeId format_spec(const Token& start, bool is_template);
  bool decode(std::string_view body, uint8_t flags, uint32_t offset, uint32_t line);
  bool decode_escape(std::string_view body, size_t& i, bool is_bytes, uint32_t offset,
                     uint32_t line);
  void refuse_string(uint32_t offset, uint32_t line, std::string message);

  // targets.cc
  enum class TargetUse { kAssign, kSingle, kFor, kDelete, kWith };
  void make_target(NodeId node, TargetUse use, bool nested = false);
  std::string_view describe(NodeId node) const;
  NodeId target_list(TargetUse use);
  NodeId star_target_item();

  std::string_view text_;
  ParsedModule& out_;
  SyntaxTree& tree_;
  Tokenizer tokenizer_;
  const Token* token_ = nullptr;
  std::vector<uint32_t> scratch_;
  bool failed_ = false;
  bool has_declarations_ = false;
  Fault fault_;
  uint32_t depth_ = 0;
  uint32_t height_ = 0;
  uint32_t last_line_ = 1;  // of the last statement's last token
};

}  // namespace headwater::scan::parsing
