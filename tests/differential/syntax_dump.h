#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_ascii.h"
#include "model/syntax_walk.h"
#include "scan/python/string_literal.h"

namespace headwater::syntax_test {

/// Names of the kinds as in Python.asdl, by NodeKind.
inline constexpr std::string_view kKindNames[] = {"Module",
                                                  "FunctionDef",
                                                  "AsyncFunctionDef",
                                                  "ClassDef",
                                                  "Return",
                                                  "Delete",
                                                  "Assign",
                                                  "TypeAlias",
                                                  "AugAssign",
                                                  "AnnAssign",
                                                  "For",
                                                  "AsyncFor",
                                                  "While",
                                                  "If",
                                                  "With",
                                                  "AsyncWith",
                                                  "Match",
                                                  "Raise",
                                                  "Try",
                                                  "TryStar",
                                                  "Assert",
                                                  "Import",
                                                  "ImportFrom",
                                                  "Global",
                                                  "Nonlocal",
                                                  "Expr",
                                                  "Pass",
                                                  "Break",
                                                  "Continue",
                                                  "BoolOp",
                                                  "NamedExpr",
                                                  "BinOp",
                                                  "UnaryOp",
                                                  "Lambda",
                                                  "IfExp",
                                                  "Dict",
                                                  "Set",
                                                  "ListComp",
                                                  "SetComp",
                                                  "GeneratorExp",
                                                  "DictComp",
                                                  "Await",
                                                  "Yield",
                                                  "YieldFrom",
                                                  "Compare",
                                                  "Call",
                                                  "FormattedValue",
                                                  "Interpolation",
                                                  "JoinedStr",
                                                  "TemplateStr",
                                                  "Constant",
                                                  "Attribute",
                                                  "Subscript",
                                                  "Starred",
                                                  "Name",
                                                  "List",
                                                  "Tuple",
                                                  "Slice",
                                                  "comprehension",
                                                  "ExceptHandler",
                                                  "arguments",
                                                  "arg",
                                                  "keyword",
                                                  "alias",
                                                  "withitem",
                                                  "match_case",
                                                  "MatchValue",
                                                  "MatchSingleton",
                                                  "MatchSequence",
                                                  "MatchMapping",
                                                  "MatchClass",
                                                  "MatchStar",
                                                  "MatchAs",
                                                  "MatchOr",
                                                  "TypeVar",
                                                  "ParamSpec",
                                                  "TypeVarTuple"};
inline constexpr std::string_view kBinary[] = {"Add",    "Sub",    "Mult",    "MatMult", "Div",
                                               "Mod",    "Pow",    "LShift",  "RShift",  "BitOr",
                                               "BitXor", "BitAnd", "FloorDiv"};
inline constexpr std::string_view kUnary[] = {"Invert", "Not", "UAdd", "USub"};
inline constexpr std::string_view kCompare[] = {"Eq",  "NotEq", "Lt",    "LtE", "Gt",
                                                "GtE", "Is",    "IsNot", "In",  "NotIn"};

class Dump {
 public:
  Dump(const SyntaxTree& tree, std::string_view text) : tree_(tree) {
    line_starts_.push_back(0);
    for (size_t i = 0; i < text.size(); ++i) {
      const bool is_crlf = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
      if (text[i] == '\n' || (text[i] == '\r' && !is_crlf)) line_starts_.push_back(i + 1);
    }
    if (text.substr(0, 3) == "\xEF\xBB\xBF") line_starts_[0] = 3;
  }

  std::string run() {
    write(tree_.root());
    return std::move(out_);
  }

 private:
  void write(NodeId node) {
    const NodeKind kind = tree_.kind(node);
    if (kind != NodeKind::kModule && kind <= NodeKind::kContinue) out_ += '\n';
    out_ += '(';
    out_ += kKindNames[static_cast<size_t>(kind)];
    const bool has_place = kind != NodeKind::kModule && kind != NodeKind::kComprehension &&
                           kind != NodeKind::kArguments && kind != NodeKind::kWithItem &&
                           kind != NodeKind::kMatchCase;
    if (has_place) {
      const uint32_t line = tree_.line(node);
      out_ += fmt::format(" {}:{}", line, tree_.offset(node) - line_starts_[line - 1]);
    }
    details(node, kind);
    visit_fields(tree_, node, Fields{*this});
    out_ += ')';
  }

  void details(NodeId node, NodeKind kind) {
    switch (kind) {
      case NodeKind::kName:
      case NodeKind::kAttribute:
      case NodeKind::kSubscript:
      case NodeKind::kStarred:
      case NodeKind::kList:
      case NodeKind::kTuple:
        out_ += std::array{" Load", " Store", " Del"}[static_cast<size_t>(tree_.context(node))];
        break;
      case NodeKind::kBinOp:
      case NodeKind::kAugAssign:
        out_ += fmt::format(" {}", kBinary[static_cast<size_t>(tree_.binary_operator(node))]);
        break;
      case NodeKind::kUnaryOp:
        out_ += fmt::format(" {}", kUnary[static_cast<size_t>(tree_.unary_operator(node))]);
        break;
      case NodeKind::kBoolOp:
        out_ += tree_.boolean_operator(node) == BooleanOperator::kAnd ? " And" : " Or";
        break;
      case NodeKind::kCompare:
        for (const CompareOperator op : tree_.list(tree_.get<syntax::Compare>(node).ops)) {
          out_ += fmt::format(" {}", kCompare[static_cast<size_t>(op)]);
        }
        break;
      case NodeKind::kComprehension:
        out_ += tree_.is_async(node) ? " 1" : " 0";
        break;
      case NodeKind::kAnnAssign:
        out_ += tree_.is_simple(node) ? " 1" : " 0";
        break;
      case NodeKind::kImportFrom:
        out_ += fmt::format(" {}", tree_.get<syntax::ImportFrom>(node).level);
        break;
      case NodeKind::kFormattedValue:
      case NodeKind::kInterpolation:
        out_ += tree_.conversion(node) == 0 ? " -1" : fmt::format(" {:d}", tree_.conversion(node));
        if (kind == NodeKind::kInterpolation) {
          out_ += ' ';
          append_json_ascii(out_, tree_.text(tree_.get<syntax::Interpolation>(node).str));
        }
        break;
      case NodeKind::kConstant:
        constant(node);
        break;
      default:
        break;
    }
  }

  void constant(NodeId node) {
    const std::string_view text = tree_.constant_text(node);
    switch (tree_.constant_kind(node)) {
      case ConstantKind::kNone:
        out_ += " None";
        break;
      case ConstantKind::kFalse:
        out_ += " False";
        break;
      case ConstantKind::kTrue:
        out_ += " True";
        break;
      case ConstantKind::kEllipsis:
        out_ += " Ellipsis";
        break;
      case ConstantKind::kInt: {
        // The small value is checked where there is one, the digits else.
        const auto fields = tree_.get<syntax::Constant>(node);
        out_ += fields.value_fits != 0 ? fmt::format(" \x01{}\x01", fields.value)
                                       : fmt::format(" \x01{}\x01", text);
        break;
      }
      case ConstantKind::kFloat:
      case ConstantKind::kImaginary:
        out_ += fmt::format(" \x01{}\x01", text);
        break;
      case ConstantKind::kString:
        out_ += tree_.is_unicode_prefixed(node) ? " u" : " ";
        append_json_ascii(out_, text);
        break;
      case ConstantKind::kBytes: {
        std::string latin;
        for (const char c : text) scan::append_utf8(latin, static_cast<unsigned char>(c));
        out_ += " b";
        append_json_ascii(out_, latin);
        break;
      }
    }
  }

  struct Fields {
    Dump& dump;
    void operator()(NodeId child) const {
      dump.out_ += ' ';
      if (child == kNoNode) {
        dump.out_ += '-';
      } else {
        dump.write(child);
      }
    }
    void operator()(NodeList children) const {
      dump.out_ += " [";
      for (const NodeId child : dump.tree_.list(children)) (*this)(child);
      dump.out_ += ']';
    }
    void operator()(NameId name) const {
      dump.out_ += name == kNoName ? " -" : fmt::format(" '{}", dump.tree_.name(name));
    }
    void operator()(NameList names) const {
      dump.out_ += " [";
      for (const NameId name : dump.tree_.list(names)) (*this)(name);
      dump.out_ += ']';
    }
  };

  const SyntaxTree& tree_;
  std::vector<size_t> line_starts_;
  std::string out_;
};

inline std::string dump(const SyntaxTree& tree, std::string_view text) {
  return Dump(tree, text).run();
}

}  // namespace headwater::syntax_test
