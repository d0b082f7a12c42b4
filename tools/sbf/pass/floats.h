// Floating point: the machine has none, compiler-builtins computes it in software.
#pragma once
#include "llvm/IR/IntrinsicInst.h"
#include "runtime.h"
#include <string>

namespace sbf {
inline bool isFloat(Type *T) { return T->isFloatTy() || T->isDoubleTy(); }

/** compiler-builtins' suffix of an integer's size: si, di, ti. */
inline const char *sizeName(unsigned width) { return width <= 32 ? "si" : width <= 64 ? "di" : "ti"; }
inline Type *sizeType(Context &C, unsigned width) { return width <= 32 ? C.i32 : width <= 64 ? C.i64 : C.i128; }

/** To an integer, saturating as Rust wants it; the runtime function does that for its own sizes. */
inline Value *floatToInteger(Context &C, IRBuilder<> &B, Value *x, Type *T, bool isSigned) {
  unsigned width = T->getIntegerBitWidth();
  Type *wide = sizeType(C, width);
  std::string name = isSigned ? "__fix" : "__fixuns";
  name += x->getType()->isDoubleTy() ? "df" : "sf";
  name += sizeName(width);
  Value *r = callRuntime(C, B, name, wide, {x});
  unsigned wideWidth = wide->getIntegerBitWidth();
  if (wideWidth == width)
    return r;
  APInt most = isSigned ? APInt::getSignedMaxValue(width).sext(wideWidth) : APInt::getMaxValue(width).zext(wideWidth);
  Value *high = ConstantInt::get(C.llvm, most);
  r = B.CreateSelect(isSigned ? B.CreateICmpSGT(r, high) : B.CreateICmpUGT(r, high), high, r);
  if (isSigned) {
    Value *low = ConstantInt::get(C.llvm, APInt::getSignedMinValue(width).sext(wideWidth));
    r = B.CreateSelect(B.CreateICmpSLT(r, low), low, r);
  }
  return B.CreateTrunc(r, T);
}

inline void lowerFloatOperation(Context &C, BinaryOperator *op) {
  if (!isFloat(op->getType()))
    return;
  bool isDouble = op->getType()->isDoubleTy();
  const char *name = nullptr;
  switch (op->getOpcode()) {
  case Instruction::FAdd:
    name = isDouble ? "__adddf3" : "__addsf3";
    break;
  case Instruction::FSub:
    name = isDouble ? "__subdf3" : "__subsf3";
    break;
  case Instruction::FMul:
    name = isDouble ? "__muldf3" : "__mulsf3";
    break;
  case Instruction::FDiv:
    name = isDouble ? "__divdf3" : "__divsf3";
    break;
  default:
    return;
  }
  if (C.function.getName() == name)
    return;
  IRBuilder<> B(op);
  replace(op, callRuntime(C, B, name, op->getType(), {op->getOperand(0), op->getOperand(1)}));
}

inline void lowerCast(Context &C, CastInst *cast) {
  IRBuilder<> B(cast);
  Value *x = cast->getOperand(0);
  Type *to = cast->getType(), *from = x->getType();
  switch (cast->getOpcode()) {
  case Instruction::UIToFP:
  case Instruction::SIToFP: {
    if (!isFloat(to))
      return;
    bool isSigned = cast->getOpcode() == Instruction::SIToFP;
    unsigned width = from->getIntegerBitWidth();
    Type *wide = sizeType(C, width);
    Value *y = isSigned ? B.CreateSExtOrTrunc(x, wide) : B.CreateZExtOrTrunc(x, wide);
    std::string name = isSigned ? "__float" : "__floatun";
    name += sizeName(width);
    name += to->isDoubleTy() ? "df" : "sf";
    replace(cast, callRuntime(C, B, name, to, {y}));
    return;
  }
  case Instruction::FPToUI:
  case Instruction::FPToSI:
    if (isFloat(from))
      replace(cast, floatToInteger(C, B, x, to, cast->getOpcode() == Instruction::FPToSI));
    return;
  case Instruction::FPExt:
    if (from->isFloatTy() && to->isDoubleTy())
      replace(cast, callRuntime(C, B, "__extendsfdf2", to, {x}));
    return;
  case Instruction::FPTrunc:
    if (from->isDoubleTy() && to->isFloatTy())
      replace(cast, callRuntime(C, B, "__truncdfsf2", to, {x}));
    return;
  default:
    return;
  }
}

inline void lowerFloatComparison(Context &C, FCmpInst *comparison) {
  IRBuilder<> B(comparison);
  Value *a = comparison->getOperand(0), *b = comparison->getOperand(1);
  if (!isFloat(a->getType()))
    return;
  std::string suffix = a->getType()->isDoubleTy() ? "df2" : "sf2";
  auto compare = [&](const char *name, CmpInst::Predicate predicate) {
    Value *order = callRuntime(C, B, name + suffix, C.i64, {a, b});
    return B.CreateICmp(predicate, order, ConstantInt::get(order->getType(), 0));
  };
  auto equal = [&] { return compare("__eq", CmpInst::ICMP_EQ); };
  auto unordered = [&] { return compare("__unord", CmpInst::ICMP_NE); };
  auto less = [&] { return compare("__lt", CmpInst::ICMP_SLT); };
  auto lessOrEqual = [&] { return compare("__le", CmpInst::ICMP_SLE); };
  auto greater = [&] { return compare("__gt", CmpInst::ICMP_SGT); };
  auto greaterOrEqual = [&] { return compare("__ge", CmpInst::ICMP_SGE); };
  auto equalOrUnordered = [&] {
    Value *isUnordered = unordered();
    return B.CreateOr(isUnordered, equal());
  };
  auto value = [&]() -> Value * {
    switch (comparison->getPredicate()) {
    case CmpInst::FCMP_OEQ:
      return equal();
    case CmpInst::FCMP_UNE:
      return B.CreateNot(equal());
    case CmpInst::FCMP_OLT:
      return less();
    case CmpInst::FCMP_OLE:
      return lessOrEqual();
    case CmpInst::FCMP_OGT:
      return greater();
    case CmpInst::FCMP_OGE:
      return greaterOrEqual();
    case CmpInst::FCMP_ULT:
      return B.CreateNot(greaterOrEqual());
    case CmpInst::FCMP_ULE:
      return B.CreateNot(greater());
    case CmpInst::FCMP_UGT:
      return B.CreateNot(lessOrEqual());
    case CmpInst::FCMP_UGE:
      return B.CreateNot(less());
    case CmpInst::FCMP_UNO:
      return unordered();
    case CmpInst::FCMP_ORD:
      return B.CreateNot(unordered());
    case CmpInst::FCMP_UEQ:
      return equalOrUnordered();
    case CmpInst::FCMP_ONE:
      return B.CreateNot(equalOrUnordered());
    default:
      return ConstantInt::getBool(C.llvm, comparison->getPredicate() == CmpInst::FCMP_TRUE);
    }
  };
  replace(comparison, value());
}

inline void lowerFloatIntrinsic(Context &C, IntrinsicInst *call) {
  IRBuilder<> B(call);
  Value *x = call->getArgOperand(0);
  if (!isFloat(x->getType()))
    return;
  if (call->getIntrinsicID() != Intrinsic::sqrt) {
    replace(call, floatToInteger(C, B, x, call->getType(), call->getIntrinsicID() == Intrinsic::fptosi_sat));
    return;
  }
  StringRef self = C.function.getName();
  if (self != "sqrt" && self != "sqrtf")
    replace(call, callRuntime(C, B, call->getType()->isDoubleTy() ? "sqrt" : "sqrtf", call->getType(), {x}));
}
} // namespace sbf
