#include "scan/python/token_view.h"

namespace headwater::scan {

size_t TokenView::matching(size_t open) const {
  const uint32_t span = tokens_[open].span;
  return span != 0 && open + span < size() ? open + span : size();
}

TokenView TokenView::unwrapped() const {
  TokenView view = *this;
  while (view.size() >= 3 && view.is_op(0, '(') && view.matching(0) == view.size() - 1) {
    view = view.range(1, view.size() - 1);
  }
  return view;
}

size_t TokenView::find_outside(char op, size_t first) const {
  size_t lambdas = 0;
  for (size_t i = first; i < size(); ++i) {
    if (opens(i)) {
      i = matching(i);
    } else if (is(i, "lambda")) {
      ++lambdas;
    } else if (lambdas > 0) {
      if (is_op(i, ':')) --lambdas;
    } else if (is_op(i, op)) {
      return i;
    }
  }
  return size();
}

size_t TokenView::find_word_outside(std::string_view word, size_t first) const {
  for (size_t i = first; i < size(); ++i) {
    if (opens(i)) {
      i = matching(i);
    } else if (is(i, word)) {
      return i;
    }
  }
  return size();
}

}  // namespace headwater::scan
