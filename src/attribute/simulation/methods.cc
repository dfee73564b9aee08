#include <algorithm>

#include "attribute/simulation/interpreter.h"

// Methods of strings, containers and namespaces.

namespace headwater::attribute {
namespace {

std::string_view stripped(std::string_view text, std::string_view characters, bool left,
                          bool right) {
  while (left && !text.empty() && characters.find(text.front()) != std::string_view::npos) {
    text.remove_prefix(1);
  }
  while (right && !text.empty() && characters.find(text.back()) != std::string_view::npos) {
    text.remove_suffix(1);
  }
  return text;
}

std::string with_case(std::string_view text, bool upper) {
  std::string out(text);
  for (char& c : out) {
    if (upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (!upper && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

Value Interpreter::string_method(const Value& owner, std::string_view name,
                                 const Arguments& arguments) {
  const std::string_view self = text(owner);
  const auto& given = arguments.positional;
  const bool plain = arguments.exact && arguments.keywords.empty();
  if (!plain || !is_ascii(self)) return Value::library();
  const auto list_of = [&](const std::vector<std::string_view>& parts, Tag tag) {
    Sequence* const made = heap_.sequence();
    for (const std::string_view part : parts) made->items.push_back(make_string(part));
    return Value(tag, made);
  };
  if (given.empty()) {
    constexpr std::string_view kSpaces = " \t\n\r\f\v";
    if (name == "lower") return make_string(with_case(self, false));
    if (name == "upper") return make_string(with_case(self, true));
    if (name == "strip") return make_string(stripped(self, kSpaces, true, true));
    if (name == "lstrip") return make_string(stripped(self, kSpaces, true, false));
    if (name == "rstrip") return make_string(stripped(self, kSpaces, false, true));
    if (name == "split") {
      std::vector<std::string_view> parts;
      for (size_t at = self.find_first_not_of(kSpaces); at != std::string_view::npos;) {
        const size_t end = std::min(self.find_first_of(kSpaces, at), self.size());
        parts.push_back(self.substr(at, end - at));
        at = self.find_first_not_of(kSpaces, end);
      }
      return list_of(parts, Tag::kList);
    }
    return Value::library();
  }
  if ((name == "startswith" || name == "endswith") && given.size() == 1) {
    const auto matches_one = [&](const Value& part) {
      if (!part.is_string()) return Truth::kUnknown;
      const bool holds =
          name == "startswith" ? self.starts_with(text(part)) : self.ends_with(text(part));
      return holds ? Truth::kTrue : Truth::kFalse;
    };
    if (!given[0].is(Tag::kTuple)) return Value::of(matches_one(given[0]));
    Truth any = given[0].sequence()->open ? Truth::kUnknown : Truth::kFalse;
    for (const Value& part : given[0].sequence()->items) {
      const Truth one = matches_one(part);
      if (one == Truth::kTrue) return Value::boolean(true);
      if (one == Truth::kUnknown) any = one;
    }
    return Value::of(any);
  }
  if (name == "join" && given.size() == 1) {
    std::vector<Value> items;
    if (!items_of(given[0], items) || given[0].is(Tag::kSet)) return Value::library();
    std::string out;
    for (size_t i = 0; i < items.size(); ++i) {
      if (!items[i].is_string()) return Value::library();
      out.append(i == 0 ? std::string_view() : self).append(text(items[i]));
    }
    return make_string(out);
  }
  if (!given[0].is_string() || text(given[0]).empty()) return Value::library();
  const std::string_view mark = text(given[0]);
  if (given.size() == 1) {
    if (name == "partition" || name == "rpartition") {
      const size_t at = name == "partition" ? self.find(mark) : self.rfind(mark);
      if (at != std::string_view::npos) {
        return list_of({self.substr(0, at), mark, self.substr(at + mark.size())}, Tag::kTuple);
      }
      return name == "partition" ? list_of({self, "", ""}, Tag::kTuple)
                                 : list_of({"", "", self}, Tag::kTuple);
    }
    if (name == "strip") return make_string(stripped(self, mark, true, true));
    if (name == "lstrip") return make_string(stripped(self, mark, true, false));
    if (name == "rstrip") return make_string(stripped(self, mark, false, true));
    if (name == "removeprefix") {
      return make_string(self.starts_with(mark) ? self.substr(mark.size()) : self);
    }
    if (name == "removesuffix") {
      return make_string(self.ends_with(mark) ? self.substr(0, self.size() - mark.size()) : self);
    }
  }
  if (name == "split" || name == "rsplit") {
    size_t left = SIZE_MAX;
    if (given.size() == 2) {
      if (!given[1].is(Tag::kInt) || given[1].number() < 0) return Value::library();
      left = static_cast<size_t>(given[1].number());
    }
    std::vector<std::string_view> parts;
    std::string_view rest = self;
    const bool from_end = name == "rsplit";
    for (; left > 0; --left) {
      const size_t at = from_end ? rest.rfind(mark) : rest.find(mark);
      if (at == std::string_view::npos) break;
      parts.push_back(from_end ? rest.substr(at + mark.size()) : rest.substr(0, at));
      rest = from_end ? rest.substr(0, at) : rest.substr(at + mark.size());
    }
    parts.push_back(rest);
    if (from_end) std::ranges::reverse(parts);
    return list_of(parts, Tag::kList);
  }
  if (name == "replace" && given.size() == 2 && given[1].is_string()) {
    std::string out(self);
    for (size_t at = 0; (at = out.find(mark, at)) != std::string::npos;) {
      out.replace(at, mark.size(), text(given[1]));
      at += text(given[1]).size();
    }
    return make_string(out);
  }
  return Value::library();
}

Value Interpreter::list_method(const Value& owner, std::string_view name,
                               const Arguments& arguments) {
  Sequence& self = *owner.sequence();
  const auto& given = arguments.positional;
  const bool certain = soft_ == 0 && arguments.exact && arguments.keywords.empty();
  if (name == "copy" || name == "index" || name == "count") return Value::unknown();
  if (certain && given.size() == 1 && (name == "append" || name == "add")) {
    self.items.push_back(given[0]);
    return Value::none();
  }
  if (certain && given.size() == 1 && (name == "extend" || name == "update")) {
    std::vector<Value> items;
    self.open |= !items_of(given[0], items);
    self.items.insert(self.items.end(), items.begin(), items.end());
    return Value::none();
  }
  if (certain && given.size() == 1 && name == "remove" && given[0].is_plain()) {
    const auto place = std::ranges::find(self.items, given[0]);
    if (place != self.items.end()) {
      self.items.erase(place);
      return Value::none();
    }
  }
  if (certain && given.size() == 2 && name == "insert" && given[0] == Value::integer(0)) {
    self.items.insert(self.items.begin(), given[1]);
    return Value::none();
  }
  if (name == "sort" || name == "reverse") return Value::none();  // the same items
  self.open = true;
  return Value::unknown();
}

Value Interpreter::dict_method(const Value& owner, std::string_view name,
                               const Arguments& arguments) {
  Dictionary& self = *owner.as<Dictionary>();
  const auto& given = arguments.positional;
  const auto find = [&](const Value& key) {
    return std::ranges::find(self.items, key, &Dictionary::Item::key);
  };
  if (name == "get" && !given.empty() && given[0].is_plain() && arguments.exact) {
    if (self.open) return Value::unknown();
    const auto place = find(given[0]);
    if (place != self.items.end()) return place->value;
    return given.size() > 1 ? given[1] : Value::none();
  }
  if (name == "keys" || name == "values" || name == "items") {
    Sequence* const made = heap_.sequence();
    made->open = self.open;
    for (const Dictionary::Item& item : self.items) {
      if (name != "items") {
        made->items.push_back(name == "keys" ? item.key : item.value);
        continue;
      }
      Sequence* const pair = heap_.sequence();
      pair->items = {item.key, item.value};
      made->items.push_back(Value(Tag::kTuple, pair));
    }
    return Value(Tag::kList, made);
  }
  if (name == "copy" && given.empty()) {
    Dictionary* const made = heap_.dictionary();
    *made = self;
    return Value(Tag::kDict, made);
  }
  const bool certain = soft_ == 0 && arguments.exact && arguments.keywords.empty();
  if (certain && name == "update" && given.size() == 1 && given[0].is(Tag::kDict)) {
    const Dictionary other = *given[0].as<Dictionary>();
    self.open |= other.open;
    for (const Dictionary::Item& item : other.items) {
      std::erase_if(self.items, [&](const auto& known) { return known.key == item.key; });
      self.items.push_back(item);
    }
    return Value::none();
  }
  self.open = true;
  return Value::unknown();
}

Value Interpreter::globals_method(Module& module, std::string_view name,
                                  const Arguments& arguments) {
  const auto& given = arguments.positional;
  const bool is_named = !given.empty() && given[0].is_string();
  const Value known = is_named ? module.globals.get(given[0].atom()) : Value();
  if (name == "get") {
    if (!known.is_absent()) return known;
    if (!is_named || may_have(module, given[0].atom()) || module.opacity != Opacity::kRun)
      return Value::unknown();
    return given.size() > 1 ? given[1] : Value::none();
  }
  if (is_named && given.size() > 1 && (name == "setdefault" || name == "__setitem__")) {
    if (known.is_absent() || name == "__setitem__") bind(module.globals, given[0].atom(), given[1]);
    return Value::none();
  }
  if (name == "update") {
    for (const auto& [keyword, value] : arguments.keywords) {
      if (keyword != kNoAtom) bind(module.globals, keyword, value);
    }
    module.open |= !arguments.exact;
    if (given.empty()) return Value::none();
    if (given[0].is(Tag::kDict)) {
      const Dictionary other = *given[0].as<Dictionary>();
      for (const Dictionary::Item& item : other.items) {
        if (item.key.is_string()) bind(module.globals, item.key.atom(), item.value);
      }
      if (other.open) open_names(module);
    } else if (given[0].is(Tag::kGlobals) && given[0].module()->opacity == Opacity::kRun) {
      const std::vector<NameSpace::Entry> entries = given[0].module()->globals.entries();
      for (const NameSpace::Entry& entry : entries) {
        if (!entry.value.is_absent()) bind(module.globals, entry.name, entry.value);
      }
      module.open |= given[0].module()->open;
    } else {
      open_names(module);
    }
    return Value::none();
  }
  if (name == "pop" && is_named && !known.is_absent()) {
    bind(module.globals, given[0].atom(), Value());
    return known;
  }
  if (!only_reads_mapping(name)) module.open = true;
  return Value::unknown();
}

Value Interpreter::modules_method(std::string_view name, const Arguments& arguments) {
  const auto& given = arguments.positional;
  if (given.empty() || !given[0].is_string()) show_callers();
  if (name == "get" && !given.empty() && given[0].is_string()) {
    const Value known = modules_.get(given[0].atom());
    return known.is_absent() ? Value::unknown() : known;
  }
  if (name == "pop" && !given.empty() && given[0].is_string() && soft_ == 0) {
    const Value known = modules_.get(given[0].atom());
    if (!known.is_absent()) {
      modules_.set(given[0].atom(), Value());
      return known;
    }
  }
  if (!only_reads_mapping(name)) note_injection();
  return Value::unknown();
}

Value Interpreter::environment_variable(const Arguments& arguments) {
  const auto& given = arguments.positional;
  const bool is_unset = arguments.exact && arguments.keywords.empty() && !given.empty() &&
                        given[0].is_string() && !is_common_variable(text(given[0]));
  if (!is_unset) return Value::library();
  return given.size() > 1 ? given[1] : Value::none();
}

Value Interpreter::path_method(const Value& owner, std::string_view name, Frame& frame) {
  const bool only_reads = name == "copy" || name == "index" || name == "count";
  if (!only_reads) note_path_change(owner, frame);
  return only_reads ? Value::unknown() : Value::none();
}

}  // namespace headwater::attribute
