#include "scan/python/exports_parser.h"

#include <algorithm>

#include "scan/python/string_literal.h"

namespace headwater::scan {
namespace {

using Names = std::vector<std::string>;

// Literals nest a few levels at most; the bound keeps our stack small on made-up input.
constexpr int kMaxDepth = 16;

bool append_literal(Names& out, TokenView expression, const Names* known, int depth);

bool append_elements(Names& out, TokenView elements, const Names* known, int depth) {
  bool good = true;
  elements.split(',', [&](TokenView element) {
    if (!good) return;
    if (element.is_op(0, '*') && element[0].end == element[0].begin + 1) {
      good = append_literal(out, element.from(1), known, depth + 1);
    } else if (const auto value = string_value(element.unwrapped())) {
      out.push_back(*value);
    } else {
      good = false;
    }
  });
  return good;
}

bool append_term(Names& out, TokenView term, const Names* known, int depth) {
  if (term.size() == 1 && term.is(0, "__all__") && known != nullptr) {
    out.insert(out.end(), known->begin(), known->end());
    return true;
  }
  if (!term.is_enclosed() || term.is_op(0, '{')) return false;
  const TokenView inner = term.range(1, term.size() - 1);
  if (term.is_op(0, '[') || inner.empty()) return append_elements(out, inner, known, depth);
  return append_literal(out, inner, known, depth + 1);
}

/// Appends the strings that a list, a tuple or a sum of them denotes. False: not a literal.
bool append_literal(Names& out, TokenView expression, const Names* known, int depth) {
  if (depth > kMaxDepth || expression.empty()) return false;
  if (expression.find_outside(',') < expression.size()) {
    return append_elements(out, expression, known, depth);
  }
  bool good = !expression.is_op(expression.size() - 1, '+');
  expression.split('+',
                   [&](TokenView term) { good = good && append_term(out, term, known, depth); });
  return good;
}

std::optional<Names> literal_names(TokenView expression, const Names* known) {
  Names out;
  if (!append_literal(out, expression, known, 0)) return std::nullopt;
  return out;
}

}  // namespace

void ExportsParser::set(std::optional<Names> names, bool conditional) {
  ++changes_;
  if (!names || conditional || state_ == ExportsState::kDynamic) {
    state_ = ExportsState::kDynamic;
  } else {
    state_ = ExportsState::kLiteral;
    names_ = std::move(*names);
  }
}

void ExportsParser::assign(TokenView value, bool conditional) {
  set(literal_names(value, &names_), conditional);
}

void ExportsParser::assign_annotated(TokenView value, bool conditional) {
  const Names none;
  set(literal_names(value, &none), conditional);
}

void ExportsParser::augment(TokenView value, bool is_addition, bool conditional) {
  const Names none;
  const bool known = is_addition && !conditional && state_ == ExportsState::kLiteral;
  if (!known || !append_literal(names_, value, &none, 0)) return set_dynamic();
  ++changes_;
}

void ExportsParser::call(TokenView expression, bool conditional) {
  expression = expression.unwrapped();
  if (!expression.is(0, "__all__") || !expression.is_op(1, '.') || !expression.is_name(2)) return;
  if (!expression.is_op(3, '(') || expression.matching(3) != expression.size() - 1) return;
  const TokenView arguments = expression.range(4, expression.size() - 1);
  const bool known = !conditional && state_ == ExportsState::kLiteral;
  if (!known || !apply_call(expression.word_at(2), arguments)) return set_dynamic();
  ++changes_;
}

bool ExportsParser::apply_call(std::string_view method, TokenView arguments) {
  size_t count = 0;
  TokenView argument = arguments;
  arguments.split(',', [&](TokenView part) {
    ++count;
    argument = part;
  });
  if (count != 1) return false;
  if (method == "extend") return append_literal(names_, argument, nullptr, 0);
  const auto name = string_value(argument.unwrapped());
  if (!name) return false;
  if (method == "append") {
    names_.push_back(*name);
    return true;
  }
  const auto at = std::find(names_.begin(), names_.end(), *name);
  if (method != "remove" || at == names_.end()) return false;
  names_.erase(at);
  return true;
}

void ExportsParser::set_dynamic() { set(std::nullopt, true); }

void ExportsParser::finish(FactsBuilder& facts) {
  facts.exports_state = state_;
  if (state_ != ExportsState::kLiteral) return;
  std::sort(names_.begin(), names_.end());
  names_.erase(std::unique(names_.begin(), names_.end()), names_.end());
  for (const std::string& name : names_) facts.exports.push_back(facts.names.intern(name));
}

void ExportsParser::clear() {
  state_ = ExportsState::kAbsent;
  names_.clear();
  changes_ = 0;
}

}  // namespace headwater::scan
