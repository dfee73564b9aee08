#pragma once

#include <cstddef>
#include <string_view>

namespace headwater::scan::parsing {

/// Whether a `*` of the text may stand where not even Python 3.8 takes one: in an index, in an
/// annotation, behind the `in` of a `for`. Strings and comments count like code: who is told yes
/// asks the parser.
bool may_have_new_star(std::string_view text);

/// Whether the decorator in [begin, end) is a dotted name, called once at most.
bool is_plain_decorator(std::string_view text, size_t begin, size_t end);

/// Behind the `]` of the type parameters whose `[` is at `open`; 0 if they hold anything but names,
/// bounds and brackets, such as a default, which needs 3.13.
size_t type_parameters_end(std::string_view text, size_t open);

}  // namespace headwater::scan::parsing
