// Integer arithmetic that the machine lacks: signed division, 128 bits and more, multiplication with overflow.
#pragma once
#include "llvm/IR/IntrinsicInst.h"
#include "runtime.h"

namespace sbf {
inline Value *widen(IRBuilder<> &B, Value *x, Type *to, bool isSigned) {
  return isSigned ? B.CreateSExt(x, to) : B.CreateZExt(x, to);
}

/** Signed division or remainder, by the unsigned one on absolute values. */
inline Value *signedDivision(IRBuilder<> &B, Value *a, Value *b, bool remainder) {
  Type *T = a->getType();
  Value *toSign = ConstantInt::get(T, T->getIntegerBitWidth() - 1);
  Value *signA = B.CreateAShr(a, toSign), *signB = B.CreateAShr(b, toSign);
  Value *absA = B.CreateSub(B.CreateXor(a, signA), signA), *absB = B.CreateSub(B.CreateXor(b, signB), signB);
  Value *q = remainder ? B.CreateURem(absA, absB) : B.CreateUDiv(absA, absB);
  Value *sign = remainder ? signA : B.CreateXor(signA, signB);
  return B.CreateSub(B.CreateXor(q, sign), sign);
}

inline const char *shiftFunction(unsigned op) {
  return op == Instruction::Shl    ? "__ashlti3"
         : op == Instruction::LShr ? "__lshrti3"
         : op == Instruction::AShr ? "__ashrti3"
                                   : nullptr;
}

inline const char *wideFunction(unsigned op) {
  switch (op) {
  case Instruction::Mul:
    return "__multi3";
  case Instruction::UDiv:
    return "__udivti3";
  case Instruction::SDiv:
    return "__divti3";
  case Instruction::URem:
    return "__umodti3";
  case Instruction::SRem:
    return "__modti3";
  default:
    return nullptr;
  }
}

/** Multiplication of up to 256 bits from 64-bit limbs: core's widening u128 multiplication needs it. */
inline Value *multiply256(Context &C, IRBuilder<> &B, Value *x, Value *y) {
  Type *I256 = Type::getIntNTy(C.llvm, 256);
  Value *a = B.CreateZExtOrTrunc(x, I256), *b = B.CreateZExtOrTrunc(y, I256);
  auto limb = [&](Value *v, int k) {
    return B.CreateZExt(B.CreateTrunc(B.CreateLShr(v, ConstantInt::get(I256, 64 * k)), C.i64), C.i128);
  };
  auto isZero = [](Value *v) {
    auto *constant = dyn_cast<ConstantInt>(v);
    return constant && constant->isZero();
  };
  Value *sum = ConstantInt::get(I256, 0);
  for (int i = 0; i < 4; i++)
    for (int j = 0; i + j < 4; j++) {
      Value *p = limb(a, i), *q = limb(b, j);
      if (isZero(p) || isZero(q))
        continue;
      Value *product = B.CreateZExt(callRuntime(C, B, "__multi3", C.i128, {p, q}), I256);
      sum = B.CreateAdd(sum, B.CreateShl(product, ConstantInt::get(I256, 64 * (i + j))));
    }
  return B.CreateTrunc(sum, x->getType());
}

/** Returns true if it has replaced the operation. */
inline bool lowerInteger(Context &C, BinaryOperator *op) {
  if (!op->getType()->isIntegerTy())
    return false;
  IRBuilder<> B(op);
  Type *T = op->getType();
  unsigned width = T->getIntegerBitWidth(), code = op->getOpcode();
  Value *a = op->getOperand(0), *b = op->getOperand(1);
  bool isSigned = code == Instruction::SDiv || code == Instruction::SRem;
  StringRef self = C.function.getName(); // a runtime function must not come to call itself

  if (isSigned && width <= 64) {
    bool remainder = code == Instruction::SRem;
    if (width < 64)
      replace(op, B.CreateTrunc(signedDivision(B, B.CreateSExt(a, C.i64), B.CreateSExt(b, C.i64), remainder), T));
    else
      replace(op, signedDivision(B, a, b, remainder));
    return true;
  }
  if (const char *name = width == 128 ? shiftFunction(code) : nullptr) {
    if (isa<ConstantInt>(b) || self == name)
      return false;
    replace(op, callRuntime(C, B, name, C.i128, {a, B.CreateTrunc(b, C.i32)}));
    return true;
  }
  if (width > 64 && width <= 128) {
    const char *name = wideFunction(code);
    if (!name || self == name)
      return false;
    auto wide = [&](Value *x) { return width == 128 ? x : widen(B, x, C.i128, isSigned); };
    Value *wideA = wide(a), *wideB = wide(b);
    Value *r = callRuntime(C, B, name, C.i128, {wideA, wideB});
    replace(op, width == 128 ? r : B.CreateTrunc(r, T));
    return true;
  }
  if (code == Instruction::Mul && width > 128 && width <= 256) {
    replace(op, multiply256(C, B, a, b));
    return true;
  }
  return false;
}

/** llvm.{u,s}mul.with.overflow */
inline void lowerMultiplyWithOverflow(Context &C, IntrinsicInst *call) {
  IRBuilder<> B(call);
  bool isSigned = call->getIntrinsicID() == Intrinsic::smul_with_overflow;
  Value *a = call->getArgOperand(0), *b = call->getArgOperand(1), *result, *overflow;
  Type *T = a->getType();
  unsigned width = T->getIntegerBitWidth();
  auto differs = [&](Value *wide) { return B.CreateICmpNE(wide, widen(B, result, wide->getType(), isSigned)); };
  if (width <= 32) {
    Value *x = widen(B, a, C.i64, isSigned), *y = widen(B, b, C.i64, isSigned);
    Value *wide = B.CreateMul(x, y);
    result = B.CreateTrunc(wide, T);
    overflow = differs(wide);
  } else if (width == 64 && !isSigned) { // by dividing back: cheaper than 128 bits
    result = B.CreateMul(a, b);
    Value *isZero = B.CreateICmpEQ(a, ConstantInt::get(T, 0));
    Value *divisor = B.CreateSelect(isZero, ConstantInt::get(T, 1), a);
    Value *back = B.CreateUDiv(result, divisor);
    Value *wrong = B.CreateICmpNE(back, b);
    overflow = B.CreateAnd(B.CreateNot(isZero), wrong);
  } else if (width <= 64) {
    Value *x = widen(B, a, C.i128, isSigned), *y = widen(B, b, C.i128, isSigned);
    Value *wide = callRuntime(C, B, "__multi3", C.i128, {x, y});
    result = B.CreateTrunc(wide, T);
    overflow = differs(wide);
  } else {
    Value *flag = C.atEntry().CreateAlloca(C.i32);
    B.CreateStore(ConstantInt::get(C.i32, 0), flag);
    result = callRuntime(C, B, isSigned ? "__rust_i128_mulo" : "__rust_u128_mulo", C.i128, {a, b, flag});
    overflow = B.CreateICmpNE(B.CreateLoad(C.i32, flag), ConstantInt::get(C.i32, 0));
  }
  Value *pair = B.CreateInsertValue(PoisonValue::get(call->getType()), result, 0);
  replace(call, B.CreateInsertValue(pair, overflow, 1));
}
} // namespace sbf
