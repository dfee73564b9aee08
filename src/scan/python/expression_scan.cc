#include "scan/python/expression_scan.h"

namespace headwater::scan {
namespace {

DynamicMarkers called_marker(std::string_view word) {
  if (word == "globals") return kDynamicGlobals;
  if (word == "vars") return kDynamicVars;
  if (word == "locals") return kDynamicLocals;
  if (word == "setattr") return kDynamicSetattr;
  if (word == "exec") return kDynamicExec;
  if (word == "eval") return kDynamicEval;
  return 0;
}

/// What ends a lambda's body at its own depth, besides a closing bracket.
bool ends_lambda_body(TokenView code, size_t i) {
  return code.is_op(i, ',') || code.is_op(i, ':') || code.is_op(i, '=') || code.is_op(i, ';') ||
         code.is(i, "for") || code.is(i, "async") || code.is(i, "as") || code.is(i, "from");
}

}  // namespace

void ExpressionScan::clear() {
  reads_.clear();
  walrus_targets_.clear();
  markers_ = 0;
}

size_t ExpressionScan::skip_lambda_body(TokenView code, size_t i) {
  size_t lambdas = 0;
  for (; i < code.size(); ++i) {
    if (code.closes(i)) return i;
    if (code.opens(i)) {
      i = code.matching(i);
    } else if (code.is(i, "lambda")) {
      ++lambdas;
    } else if (lambdas > 0) {
      if (code.is_op(i, ':')) --lambdas;
    } else if (ends_lambda_body(code, i)) {
      return i;
    }
  }
  return i;
}

void ExpressionScan::scan(TokenView code) {
  lambda_depths_.clear();
  uint32_t depth = 0;
  for (size_t i = 0; i < code.size(); ++i) {
    if (code.is_name(i)) {
      if (code.is(i, "lambda")) {
        lambda_depths_.push_back(depth);
      } else {
        name(code, i, depth > 0 || !lambda_depths_.empty());
        if (code.is_op(i + 1, '.')) read(code, i, depth > 0);
      }
    } else if (code.opens(i)) {
      ++depth;
    } else if (code.closes(i)) {
      if (depth > 0) --depth;
      while (!lambda_depths_.empty() && lambda_depths_.back() > depth) lambda_depths_.pop_back();
    } else if (code.is_op(i, kWalrus)) {
      if (i > 0 && code.is_name(i - 1)) walrus_targets_.push_back(code[i - 1]);
    } else if (code.is_op(i, ':') && !lambda_depths_.empty() && lambda_depths_.back() == depth) {
      lambda_depths_.pop_back();
      i = skip_lambda_body(code, i + 1) - 1;  // what ends the body is read as usual
    }
  }
}

void ExpressionScan::name(TokenView code, size_t i, bool in_brackets) {
  const uint32_t size = code[i].end - code[i].begin;
  if (size < 4 || size > 8) return;
  const std::string_view word = code.word_at(i);
  if (i > 0 && code.is_op(i - 1, '.')) {
    if (word == "__dict__") markers_ |= kDynamicDict;
    const bool of_sys = i > 1 && code.is(i - 2, "sys") && !(i > 2 && code.is_op(i - 3, '.'));
    if (word == "modules" && of_sys) markers_ |= kDynamicSysModules;
  } else if (word == "__path__") {
    // In brackets a name before `=` is a keyword or a parameter.
    if (!in_brackets || !code.is_op(i + 1, '=')) markers_ |= kDynamicPath;
  } else if (code.is_op(i + 1, '(')) {
    markers_ |= called_marker(word);
  }
}

/// An attribute that is assigned is read as far as to the object that gets it.
void ExpressionScan::read(TokenView code, size_t i, bool in_brackets) {
  if (i > 0 && code.is_op(i - 1, '.')) return;
  size_t last = i;
  while (code.is_op(last + 1, '.') && code.is_name(last + 2)) last += 2;
  const bool is_annotated = i == 0 && !in_brackets && code.is_op(last + 1, ':');
  if (is_annotated || code.is_op(last + 1, '=')) last -= 2;
  if (last > i) reads_.push_back({code[i], code[last]});
}

void ExpressionScan::scan_parameters(TokenView parameters) {
  for (size_t i = 0; i < parameters.size();) {
    const size_t end = parameters.find_outside(',', i);
    const TokenView parameter = parameters.range(i, end);
    const size_t equals = parameter.find_outside('=');
    const size_t colon = parameter.find_outside(':');
    if (colon < equals) scan(parameter.range(colon + 1, equals));
    scan(parameter.from(equals + 1));
    i = end + 1;
  }
}

}  // namespace headwater::scan
