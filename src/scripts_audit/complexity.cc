#include "scripts_audit/complexity.h"

#include <tree_sitter/api.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

extern "C" const TSLanguage* tree_sitter_python();

namespace headwater::scripts_audit {
namespace {

enum class Node : uint8_t {
  kOther,
  kBoolean,
  kBlock,
  kCall,
  kCase,
  kClass,
  kComment,
  kComprehensionFor,
  kComprehensionIf,
  kDecorated,
  kElif,
  kElse,
  kExcept,
  kExpressionStatement,
  kFunction,
  kIf,
  kImport,
  kLambda,
  kLoop,
  kMatch,
  kReturn,
  kString,
  kTernary,
  kTry,
  kWith,
};

struct NamedNode {
  std::string_view name;
  Node node;
};

/// The nodes of the grammar that are told apart.
constexpr NamedNode kNodes[] = {
    {"block", Node::kBlock},
    {"boolean_operator", Node::kBoolean},
    {"call", Node::kCall},
    {"case_clause", Node::kCase},
    {"class_definition", Node::kClass},
    {"comment", Node::kComment},
    {"conditional_expression", Node::kTernary},
    {"decorated_definition", Node::kDecorated},
    {"elif_clause", Node::kElif},
    {"else_clause", Node::kElse},
    {"except_clause", Node::kExcept},
    {"except_group_clause", Node::kExcept},
    {"expression_statement", Node::kExpressionStatement},
    {"for_in_clause", Node::kComprehensionFor},
    {"for_statement", Node::kLoop},
    {"function_definition", Node::kFunction},
    {"future_import_statement", Node::kImport},
    {"if_clause", Node::kComprehensionIf},
    {"if_statement", Node::kIf},
    {"import_from_statement", Node::kImport},
    {"import_statement", Node::kImport},
    {"lambda", Node::kLambda},
    {"match_statement", Node::kMatch},
    {"return_statement", Node::kReturn},
    {"string", Node::kString},
    {"try_statement", Node::kTry},
    {"while_statement", Node::kLoop},
    {"with_statement", Node::kWith},
};

/// By symbol of the grammar.
std::vector<Node> node_table() {
  const TSLanguage* const language = tree_sitter_python();
  std::vector<Node> table(ts_language_symbol_count(language), Node::kOther);
  for (uint32_t symbol = 0; symbol < table.size(); ++symbol) {
    const auto id = static_cast<TSSymbol>(symbol);
    if (ts_language_symbol_type(language, id) != TSSymbolTypeRegular) continue;
    const std::string_view name = ts_language_symbol_name(language, id);
    const auto found = std::ranges::find(kNodes, name, &NamedNode::name);
    if (found != std::end(kNodes)) table[symbol] = found->node;
  }
  return table;
}

Node kind_of(TSNode node) {
  static const std::vector<Node> kTable = node_table();
  const TSSymbol symbol = ts_node_symbol(node);
  return symbol < kTable.size() ? kTable[symbol] : Node::kOther;
}

uint32_t first_line(TSNode node) { return ts_node_start_point(node).row + 1; }

TSNode field(TSNode node, std::string_view name) {
  return ts_node_child_by_field_name(node, name.data(), static_cast<uint32_t>(name.size()));
}

/// What the children of a node are seen in.
struct Frame {
  uint32_t cognitive_nesting = 0;
  uint32_t nesting = 0;          // of statements
  uint32_t unit = 0;             // function that counts, into units; 0: the module's own code
  uint32_t innermost = 0;        // function by whose name it would call itself; 0: none
  std::string_view operation{};  // of the boolean operator that it is a side of
  bool is_module_level = false;  // a statement of the module itself
  bool is_docstring_place = false;
  bool block_is_deeper = false;    // of an `if` and its like: conditions are no deeper
  bool hands_function_on = false;  // a decorator: its inner function is no deeper
};

/// A function that counts, with what is in it.
struct Unit {
  std::string name;
  uint32_t line = 0;
  uint32_t lines = 0;
  uint32_t cyclomatic = 1;
  uint32_t cognitive = 0;
};

struct OpenFunction {
  std::string name;
  bool calls_itself = false;
};

/// The first parts of paths that are of one machine.
constexpr std::string_view kForeignTops[] = {"/home/",      "/Users/", "/root/",   "/workspaces/",
                                             "/workspace/", "/mnt/",   "/scratch/"};

bool is_of_one_machine(std::string_view text) {
  for (const std::string_view top : kForeignTops) {
    if (text.starts_with(top) && text.size() > top.size()) return true;
  }
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return text.size() > 3 && is_letter(text[0]) && text[1] == ':' &&
         (text[2] == '\\' || (text[2] == '/' && text[3] != '/'));
}

/// Goes through a tree without recursion: its depth is for whoever wrote the file to choose.
class Measuring {
 public:
  explicit Measuring(std::string_view source) : source_(source), units_(1), functions_(1) {}

  CodeMeasures run(TSNode root) {
    std::vector<Frame> frames{{.is_module_level = true, .is_docstring_place = true}};
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    bool goes_on = ts_tree_cursor_goto_first_child(&cursor);
    while (goes_on) {
      const Frame inside = enter(cursor, frames.back());
      if (ts_tree_cursor_goto_first_child(&cursor)) {
        frames.push_back(inside);
        continue;
      }
      while (!(goes_on = ts_tree_cursor_goto_next_sibling(&cursor))) {
        frames.pop_back();
        if (frames.empty() || !ts_tree_cursor_goto_parent(&cursor)) break;
      }
      if (frames.empty()) goes_on = false;
    }
    ts_tree_cursor_delete(&cursor);
    return finish();
  }

 private:
  std::string_view text_of(TSNode node) const {
    const uint32_t begin = ts_node_start_byte(node);
    return source_.substr(begin, ts_node_end_byte(node) - begin);
  }

  Unit& unit(const Frame& frame) { return units_[frame.unit]; }
  void flat(const Frame& frame) { ++unit(frame).cognitive; }
  void nested(const Frame& frame) { unit(frame).cognitive += 1 + frame.cognitive_nesting; }
  void branch(const Frame& frame) { ++unit(frame).cyclomatic; }

  /// Counts the node; the answer is what its children are seen in.
  Frame enter(const TSTreeCursor& cursor, const Frame& around) {
    const TSNode node = ts_tree_cursor_current_node(&cursor);
    const Node kind = kind_of(node);
    if (around.is_module_level) see_statement(kind, node);
    Frame inside = around;
    inside.is_module_level = false;
    inside.operation = {};
    inside.is_docstring_place = kind == Node::kExpressionStatement;
    switch (kind) {
      case Node::kIf:
      case Node::kLoop:
      case Node::kMatch:
        nested(around);
        if (kind != Node::kMatch) branch(around);
        inside.block_is_deeper = true;
        see_nesting(++inside.nesting);
        break;
      case Node::kExcept:
        nested(around);
        branch(around);
        inside.block_is_deeper = true;
        break;
      case Node::kBlock:
        inside.cognitive_nesting += around.block_is_deeper;
        inside.block_is_deeper = false;
        break;
      case Node::kTernary:
        nested(around);
        branch(around);
        ++inside.cognitive_nesting;
        break;
      case Node::kElif:
        flat(around);
        branch(around);
        break;
      case Node::kElse:
        flat(around);
        break;
      case Node::kCase:
        if (!takes_all(node)) branch(around);
        break;
      case Node::kTry:
      case Node::kWith:
        inside.block_is_deeper = false;
        see_nesting(++inside.nesting);
        break;
      case Node::kBoolean:
        branch(around);
        inside.operation = text_of(field(node, "operator"));
        // One for each run of equal operators: of `a and b and c` the outer one stands for both.
        if (inside.operation != around.operation) flat(around);
        break;
      case Node::kComprehensionFor:
      case Node::kComprehensionIf:
        branch(around);
        break;
      case Node::kLambda:
        ++inside.cognitive_nesting;
        break;
      case Node::kFunction:
        return enter_function(node, inside);
      case Node::kClass:
        ++measures_.classes;
        class_ends_.push_back({ts_node_end_byte(node), std::string(text_of(field(node, "name")))});
        break;
      case Node::kImport:
        ++measures_.imports;
        break;
      case Node::kCall:
        see_call(node, around);
        break;
      case Node::kString:
        if (!around.is_docstring_place) see_string(node);
        break;
      default:
        break;
    }
    return inside;
  }

  void see_nesting(uint32_t depth) { measures_.nesting = std::max(measures_.nesting, depth); }

  Frame enter_function(TSNode node, Frame inside) {
    ++measures_.functions;
    std::string name(text_of(field(node, "name")));
    functions_.push_back({name, false});
    const bool is_inner = inside.unit != 0;
    if (is_inner) {
      if (!inside.hands_function_on) ++inside.cognitive_nesting;
    } else {
      std::erase_if(class_ends_,
                    [&](const auto& each) { return each.first <= ts_node_start_byte(node); });
      std::string qualified;
      for (const auto& [end, class_name] : class_ends_) qualified += class_name + '.';
      units_.push_back({qualified + name, first_line(node),
                        ts_node_end_point(node).row - ts_node_start_point(node).row + 1, 1, 0});
      inside.unit = static_cast<uint32_t>(units_.size() - 1);
      inside.cognitive_nesting = 0;
      inside.nesting = 0;
    }
    inside.block_is_deeper = false;
    inside.innermost = static_cast<uint32_t>(functions_.size() - 1);
    inside.hands_function_on = is_decorator(node);
    return inside;
  }

  /// The paper's exception for Python: a function that only defines another one and returns.
  static bool is_decorator(TSNode function) {
    const TSNode body = field(function, "body");
    uint32_t definitions = 0;
    uint32_t others = 0;
    for (uint32_t i = 0; others == 0 && i < ts_node_named_child_count(body); ++i) {
      const TSNode statement = ts_node_named_child(body, i);
      const Node kind = kind_of(statement);
      const bool is_docstring = i == 0 && kind == Node::kExpressionStatement &&
                                kind_of(ts_node_named_child(statement, 0)) == Node::kString;
      if (kind == Node::kComment || is_docstring) continue;
      if (kind == Node::kFunction || kind == Node::kDecorated) {
        ++definitions;
      } else {
        others += kind != Node::kReturn;
      }
    }
    return definitions == 1 && others == 0;
  }

  /// `case _:` and `case name:` without a condition.
  bool takes_all(TSNode node) const {
    if (!ts_node_is_null(field(node, "guard"))) return false;
    for (uint32_t i = 0; i < ts_node_named_child_count(node); ++i) {
      const TSNode child = ts_node_named_child(node, i);
      if (std::string_view(ts_node_type(child)) == "case_pattern") return text_of(child) == "_";
    }
    return false;
  }

  void see_call(TSNode node, const Frame& around) {
    if (around.innermost == 0) return;
    OpenFunction& open = functions_[around.innermost];
    const std::string_view callee = text_of(field(node, "function"));
    const bool is_itself =
        callee == open.name || callee == "self." + open.name || callee == "cls." + open.name;
    if (!is_itself || open.calls_itself) return;
    open.calls_itself = true;
    flat(around);
  }

  void see_string(TSNode node) {
    for (uint32_t i = 0; i < ts_node_named_child_count(node); ++i) {
      const TSNode part = ts_node_named_child(node, i);
      if (std::string_view(ts_node_type(part)) != "string_content") continue;
      const std::string_view text = text_of(part);
      if (is_of_one_machine(text)) {
        measures_.absolute_paths.push_back({first_line(part), std::string(text)});
      }
      return;  // what an interpolation stands before is no whole path
    }
  }

  void see_statement(Node kind, TSNode node) {
    if (kind == Node::kIf) {
      const std::string_view condition = text_of(field(node, "condition"));
      const bool is_guard = condition.find("__name__") != std::string_view::npos &&
                            condition.find("__main__") != std::string_view::npos;
      measures_.has_main_guard |= is_guard;
      if (is_guard) return;
    }
    const bool is_control = kind == Node::kLoop || kind == Node::kWith;
    const bool is_call =
        kind == Node::kExpressionStatement && kind_of(ts_node_named_child(node, 0)) == Node::kCall;
    measures_.runs_code |= is_control || is_call;
  }

  CodeMeasures finish() {
    measures_.lines = static_cast<uint32_t>(std::ranges::count(source_, '\n')) +
                      (!source_.empty() && source_.back() != '\n');
    for (const Unit& each : units_) {
      measures_.cyclomatic += each.cyclomatic - 1;
      measures_.cognitive += each.cognitive;
      take_worst(measures_.most_cyclomatic, each, each.cyclomatic);
      take_worst(measures_.most_cognitive, each, each.cognitive);
      take_worst(measures_.longest, each, each.lines);
    }
    ++measures_.cyclomatic;
    return std::move(measures_);
  }

  static void take_worst(MeasuredFunction& worst, const Unit& unit, uint32_t value) {
    if (value > worst.value) worst = {unit.name, unit.line, value};
  }

  const std::string_view source_;
  CodeMeasures measures_;
  std::vector<Unit> units_;                                   // the first is the module's own code
  std::vector<OpenFunction> functions_;                       // the first is none
  std::vector<std::pair<uint32_t, std::string>> class_ends_;  // bytes, of classes seen so far
};

}  // namespace

CodeMeasures measure(std::string_view source) {
  const std::unique_ptr<TSParser, void (*)(TSParser*)> parser(ts_parser_new(), ts_parser_delete);
  ts_parser_set_language(parser.get(), tree_sitter_python());
  const std::unique_ptr<TSTree, void (*)(TSTree*)> tree(
      ts_parser_parse_string(parser.get(), nullptr, source.data(),
                             static_cast<uint32_t>(source.size())),
      ts_tree_delete);
  return Measuring(source).run(ts_tree_root_node(tree.get()));
}

}  // namespace headwater::scripts_audit
