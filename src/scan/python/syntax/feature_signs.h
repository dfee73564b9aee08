#pragma once

#include <cstddef>
#include <string_view>

namespace headwater::scan::parsing {

/// Whether a text in which the survey saw nothing newer than `:=` may need a newer Python all the
/// same, or have an older sign of 3.8: `/` among parameters, `=` in an f-string's field, `with (`,
/// `*` where an index, an annotation, `for`, `return` or `yield` may have it. Strings and comments
/// count like code: who is told yes asks the parser.
bool may_have_more_features(std::string_view text);

/// Whether the decorator in [begin, end) is a dotted name, called once at most.
bool is_plain_decorator(std::string_view text, size_t begin, size_t end);

/// Behind the `]` of the type parameters whose `[` is at `open`; 0 if they hold anything but names,
/// bounds and brackets, such as a default, which needs 3.13.
size_t type_parameters_end(std::string_view text, size_t open);

}  // namespace headwater::scan::parsing
