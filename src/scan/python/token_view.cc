#include "scan/python/token_view.h"

namespace headwater::scan {

size_t TokenView::matching(size_t open) const {
  size_t depth = 0;
  for (size_t i = open; i < size(); ++i) {
    if (opens(i)) ++depth;
    if (closes(i) && --depth == 0) return i;
  }
  return size();
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
    } else if (is_op(i, ':') && lambdas > 0) {
      --lambdas;
    } else if (is_op(i, op)) {
      return i;
    }
  }
  return size();
}

}  // namespace headwater::scan
