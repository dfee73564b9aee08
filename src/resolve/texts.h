#pragma once

#include <string_view>
#include <vector>

namespace headwater::resolve {

/// Questions to the text of a file where its facts leave something out. They err to yes: comments
/// and strings count.

/// Whether `name` occurs as a whole identifier.
bool has_word(std::string_view text, std::string_view name);

/// The last names of the modules on which attributes are set whose names are not written:
/// `setattr(m, ...)`, `m.__dict__`, `vars(m)`. Of `a.m` also `a`; in no order.
std::vector<std::string_view> modules_set_by_name(std::string_view text);

/// The names of attributes that are set by name, as in `setattr(m, "name", ...)`; in no order.
std::vector<std::string_view> names_set_by_setattr(std::string_view text);

/// The name of the next attribute from `at` on that is assigned, as in `m.name = ...`; empty if
/// there is none. `at` moves on.
std::string_view next_assigned_attribute(std::string_view text, size_t& at);

/// The next module from `at` on that is put into `sys.modules` under a name that is written; empty
/// if there is none. `at` moves on.
std::string_view next_registered_module(std::string_view text, size_t& at);

/// Whether something is called with a keyword `name`, as helpers are that put names into the module
/// that calls them.
bool has_keyword(std::string_view text, std::string_view name);

/// Whether functions in the text may set names on modules that are not their own: on one that they
/// are given or that they find by the call stack. Who only reads the names of a frame does not.
bool sets_names_of_others(std::string_view text);

/// Whether a module of this text calls `name`, or something of what it names, or decorates with it,
/// while it runs: in a function only if that is called so. What the bodies of classes call counts
/// for their classes.
bool calls_when_run(std::string_view text, std::string_view name);

/// Whether classes of the text run code of theirs where others derive from them: by a metaclass,
/// `__init_subclass__` or `__set_name__`.
bool hooks_classes(std::string_view text);

/// Whether the header of a class has `name`, on whatever line of it.
bool is_class_base(std::string_view text, std::string_view name);

/// Whether functions of the text may bind names of their own module in ways that their statements
/// do not show; what runs with the module shows in its facts.
bool reaches_its_names(std::string_view text);

/// Whether the text hands its module's name to something other than a logger's maker and says
/// `sys.modules`: what it calls may put another object there.
bool may_replace_itself(std::string_view text);

/// Whether a module's code may bind names that its statements do not show, in a function of its own
/// or by replacing itself. What only reads its names, or sets attributes of `self`, does not.
bool rewrites_itself(std::string_view text);

}  // namespace headwater::resolve
