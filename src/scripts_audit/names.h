#pragma once

#include <string>
#include <string_view>

namespace headwater::scripts_audit {

/// The word of a file's name that says that it is needed once: `migrate` of
/// `tools/migrate_users.py`. Empty: none does.
std::string one_time_word(std::string_view path);

}  // namespace headwater::scripts_audit
