#pragma once

#include <string_view>
#include <vector>

#include "model/python_environment.h"

namespace headwater::environment {

/// The `MAPPING = {'name': 'path', ...}` and `NAMESPACES = {'name': ['path', ...], ...}` of
/// setuptools' editable finder, literals that setuptools writes on one line each. Empty if they are
/// not there or not of that shape.
std::vector<EditableModule> parse_editable_mapping(std::string_view finder_source);

/// The `F.map_module('name', '/path/name/__init__.py')` lines that the editables library writes,
/// for hatchling and pdm-backend. Empty if any other statement than its own is there.
std::vector<EditableModule> parse_editables_redirector(std::string_view source);

}  // namespace headwater::environment
