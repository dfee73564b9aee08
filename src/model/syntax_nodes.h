#pragma once

#include <cstddef>
#include <cstdint>

#include "model/file_facts.h"

namespace headwater {

/// A node of one `SyntaxTree`.
enum class NodeId : uint32_t {};
static_assert(sizeof(NodeId) == 4);
/// Stands for `None` where ast has an optional child, and for a list's hole (`{**x}`,
/// `kw_defaults`).
inline constexpr NodeId kNoNode{0};
inline constexpr NameId kNoName{UINT32_MAX};

/// Lists live in the tree too: `SyntaxTree::list` reads them.
struct NodeList {
  uint32_t at = 0;
  bool empty() const { return at == 0; }
};
struct NameList {
  uint32_t at = 0;
  bool empty() const { return at == 0; }
};
struct OperatorList {
  uint32_t at = 0;
};
/// [begin, begin + size) of the tree's decoded text.
struct TextRange {
  uint32_t begin = 0;
  uint32_t size = 0;
};

/// Items of a list: `for (const NodeId item : tree.list(body))`.
template <typename T>
class ListView {
 public:
  class Iterator {
   public:
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    Iterator() = default;
    explicit Iterator(const uint32_t* at) : at_(at) {}
    T operator*() const { return static_cast<T>(*at_); }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) { return Iterator(at_++); }
    bool operator==(const Iterator& other) const = default;

   private:
    const uint32_t* at_ = nullptr;
  };

  ListView(const uint32_t* data, size_t size) : data_(data), size_(size) {}
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T operator[](size_t i) const { return static_cast<T>(data_[i]); }
  T back() const { return static_cast<T>(data_[size_ - 1]); }
  Iterator begin() const { return Iterator(data_); }
  Iterator end() const { return Iterator(data_ + size_); }

 private:
  const uint32_t* data_;
  size_t size_;
};

enum class ExpressionContext : uint8_t { kLoad, kStore, kDel };
enum class BooleanOperator : uint8_t { kAnd, kOr };
enum class UnaryOperator : uint8_t { kInvert, kNot, kAdd, kSub };
enum class BinaryOperator : uint8_t {
  kAdd,
  kSub,
  kMult,
  kMatMult,
  kDiv,
  kMod,
  kPow,
  kLeftShift,
  kRightShift,
  kBitOr,
  kBitXor,
  kBitAnd,
  kFloorDiv,
};
enum class CompareOperator : uint32_t {
  kEq,
  kNotEq,
  kLess,
  kLessEq,
  kGreater,
  kGreaterEq,
  kIs,
  kIsNot,
  kIn,
  kNotIn,
};
enum class ConstantKind : uint8_t {
  kNone,
  kFalse,
  kTrue,
  kEllipsis,
  kInt,
  kFloat,
  kImaginary,
  kString,
  kBytes,
};

/// The kinds of Python.asdl. Each has a struct of the same name below, but for those without fields
/// (Pass, Break, Continue). What ast keeps in an attribute that is no child (operators, contexts,
/// `is_async`, conversions) is asked of the tree: `tree.context(node)`.
enum class NodeKind : uint8_t {
  kModule,
  // Statements
  kFunctionDef,
  kAsyncFunctionDef,  // fields of FunctionDef
  kClassDef,
  kReturn,
  kDelete,
  kAssign,
  kTypeAlias,
  kAugAssign,
  kAnnAssign,
  kFor,
  kAsyncFor,  // fields of For
  kWhile,
  kIf,
  kWith,
  kAsyncWith,  // fields of With
  kMatch,
  kRaise,
  kTry,
  kTryStar,  // fields of Try
  kAssert,
  kImport,
  kImportFrom,
  kGlobal,
  kNonlocal,  // fields of Global
  kExpr,
  kPass,
  kBreak,
  kContinue,
  // Expressions
  kBoolOp,
  kNamedExpr,
  kBinOp,
  kUnaryOp,
  kLambda,
  kIfExp,
  kDict,
  kSet,
  kListComp,
  kSetComp,       // fields of ListComp
  kGeneratorExp,  // fields of ListComp
  kDictComp,
  kAwait,
  kYield,      // fields of Await
  kYieldFrom,  // fields of Await
  kCompare,
  kCall,
  kFormattedValue,
  kInterpolation,
  kJoinedStr,
  kTemplateStr,  // fields of JoinedStr
  kConstant,
  kAttribute,
  kSubscript,
  kStarred,
  kName,
  kList,
  kTuple,  // fields of List
  kSlice,
  // Parts
  kComprehension,
  kExceptHandler,
  kArguments,
  kArg,
  kKeyword,
  kAlias,
  kWithItem,
  kMatchCase,
  // Patterns
  kMatchValue,
  kMatchSingleton,  // fields of MatchValue: a Constant node of None, True or False
  kMatchSequence,
  kMatchMapping,
  kMatchClass,
  kMatchStar,
  kMatchAs,
  kMatchOr,  // fields of MatchSequence
  // Type parameters
  kTypeVar,
  kParamSpec,     // fields of TypeVar, `bound` is absent
  kTypeVarTuple,  // the same
};

/// The fields of each kind, named and ordered as in Python.asdl. "?" in a comment: may be `kNoNode`
/// or `kNoName`.
namespace syntax {

struct Module {
  NodeList body;
};

struct FunctionDef {
  NameId name;
  NodeId args;  // Arguments
  NodeList body;
  NodeList decorator_list;
  NodeId returns;  // ?
  NodeList type_params;
  uint32_t end_line;  // 1-based, of the body's last line
};
struct ClassDef {
  NameId name;
  NodeList bases;
  NodeList keywords;
  NodeList body;
  NodeList decorator_list;
  NodeList type_params;
  uint32_t end_line;
};
struct Return {
  NodeId value;  // ?
};
struct Delete {
  NodeList targets;
};
struct Assign {
  NodeList targets;
  NodeId value;
};
struct TypeAlias {
  NodeId name;  // a Name
  NodeList type_params;
  NodeId value;
};
/// The operator: `tree.binary_operator(node)`.
struct AugAssign {
  NodeId target;
  NodeId value;
};
struct AnnAssign {
  NodeId target;
  NodeId annotation;
  NodeId value;  // ?
};
struct For {
  NodeId target;
  NodeId iter;
  NodeList body;
  NodeList orelse;
};
struct While {
  NodeId test;
  NodeList body;
  NodeList orelse;
};
struct If {
  NodeId test;
  NodeList body;
  NodeList orelse;
};
struct With {
  NodeList items;  // WithItem
  NodeList body;
};
struct Match {
  NodeId subject;
  NodeList cases;  // MatchCase
};
struct Raise {
  NodeId exc;    // ?
  NodeId cause;  // ?
};
struct Try {
  NodeList body;
  NodeList handlers;  // ExceptHandler
  NodeList orelse;
  NodeList finalbody;
};
struct Assert {
  NodeId test;
  NodeId msg;  // ?
};
struct Import {
  NodeList names;  // Alias
};
struct ImportFrom {
  NameId module;   // ? as in `from . import x`
  NodeList names;  // Alias; one of name `*` for a star import
  uint32_t level;
};
struct Global {
  NameList names;
};
struct Expr {
  NodeId value;
};

struct BoolOp {
  NodeList values;
};
struct NamedExpr {
  NodeId target;
  NodeId value;
};
struct BinOp {
  NodeId left;
  NodeId right;
};
struct UnaryOp {
  NodeId operand;
};
struct Lambda {
  NodeId args;
  NodeId body;
};
struct IfExp {
  NodeId test;
  NodeId body;
  NodeId orelse;
};
struct Dict {
  NodeList keys;  // `kNoNode` where `**value` stands
  NodeList values;
};
struct Set {
  NodeList elts;
};
struct ListComp {
  NodeId elt;
  NodeList generators;  // Comprehension
};
struct DictComp {
  NodeId key;
  NodeId value;
  NodeList generators;
};
struct Await {
  NodeId value;  // ? for a Yield
};
struct Compare {
  NodeId left;
  OperatorList ops;
  NodeList comparators;
};
struct Call {
  NodeId func;
  NodeList args;
  NodeList keywords;  // Keyword
};
struct FormattedValue {
  NodeId value;
  NodeId format_spec;  // ? a JoinedStr
};
struct Interpolation {
  NodeId value;
  TextRange str;       // the expression as written
  NodeId format_spec;  // ?
};
struct JoinedStr {
  NodeList values;  // Constant, FormattedValue, Interpolation
};
/// Which one: `tree.constant_kind(node)`.
struct Constant {
  TextRange text;       // strings and bytes: the value; numbers: as written
  uint32_t value;       // kInt: its value where it fits
  uint32_t value_fits;  // 1 where an int is below 2^32 and `value` holds
};
struct Attribute {
  NodeId value;
  NameId attr;
};
struct Subscript {
  NodeId value;
  NodeId slice;
};
struct Starred {
  NodeId value;
};
struct Name {
  NameId id;
};
struct List {
  NodeList elts;
};
struct Slice {
  NodeId lower;  // ?
  NodeId upper;  // ?
  NodeId step;   // ?
};

struct Comprehension {
  NodeId target;
  NodeId iter;
  NodeList ifs;
};
struct ExceptHandler {
  NodeId type;  // ?
  NameId name;  // ?
  NodeList body;
};
struct Arguments {
  NodeList posonlyargs;
  NodeList args;
  NodeId vararg;  // ?
  NodeList kwonlyargs;
  NodeList kw_defaults;  // as long as kwonlyargs; `kNoNode` where a parameter has none
  NodeId kwarg;          // ?
  NodeList defaults;     // of the last of posonlyargs + args
};
struct Arg {
  NameId arg;
  NodeId annotation;  // ?
};
struct Keyword {
  NameId arg;  // ? for `**value`
  NodeId value;
};
struct Alias {
  NameId name;    // dotted in an `import`
  NameId asname;  // ?
};
struct WithItem {
  NodeId context_expr;
  NodeId optional_vars;  // ?
};
struct MatchCase {
  NodeId pattern;
  NodeId guard;  // ?
  NodeList body;
};

struct MatchValue {
  NodeId value;
};
struct MatchSequence {
  NodeList patterns;
};
struct MatchMapping {
  NodeList keys;
  NodeList patterns;
  NameId rest;  // ?
};
struct MatchClass {
  NodeId cls;
  NodeList patterns;
  NameList kwd_attrs;
  NodeList kwd_patterns;
};
struct MatchStar {
  NameId name;  // ? for `*_`
};
struct MatchAs {
  NodeId pattern;  // ?
  NameId name;     // ? both are absent for `_`
};

struct TypeVar {
  NameId name;
  NodeId bound;          // ?
  NodeId default_value;  // ?
};

}  // namespace syntax
}  // namespace headwater
