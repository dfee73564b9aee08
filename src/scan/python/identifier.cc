#include "scan/python/identifier.h"

#include <string>

namespace headwater::scan {

NameId intern_identifier(NameTable& names, std::string_view written) {
  if (written.find('\xC2') == std::string_view::npos) return names.intern(written);
  std::string normal;
  for (size_t i = 0; i < written.size(); ++i) {
    const std::string_view two = written.substr(i, 2);
    const std::string_view form = two == "\xC2\xB5"   ? "\xCE\xBC"  // micro sign: Greek mu
                                  : two == "\xC2\xAA" ? "a"
                                  : two == "\xC2\xBA" ? "o"
                                                      : std::string_view();
    if (form.empty()) {
      normal += written[i];
    } else {
      normal += form;
      ++i;
    }
  }
  return names.intern(normal);
}

}  // namespace headwater::scan
