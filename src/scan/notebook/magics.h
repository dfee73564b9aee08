#pragma once

#include <string>
#include <string_view>

namespace headwater::scan {

/// The Python of one code cell: as many lines as the cell has, where what only IPython reads
/// (`%magic`, `!command`, `?help`, the right side of `x = !command`) is `pass` or `None`. A cell of
/// another language (`%%bash`) has no Python; one that is only watched (`%%time`) is Python.
/// Source: IPython, "Input transformation"; nothing that a magic itself imports is known.
std::string python_of_cell(std::string_view cell);

}  // namespace headwater::scan
