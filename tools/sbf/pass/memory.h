// Copying, filling and comparing memory: system calls, which cost less than loops and take any length.
#pragma once
#include "llvm/IR/IntrinsicInst.h"
#include "runtime.h"

namespace sbf {
/** Below these the back end's own loads and stores are cheaper than a system call. */
constexpr uint64_t INLINE_MOVE = 32, INLINE_COPY = 64;

inline CallInst *memorySystemCall(Context &C, IRBuilder<> &B, StringRef name, Value *to, Value *what, Value *length) {
  return B.CreateCall(C.systemCall(name, {C.pointer, what->getType(), C.i64}), {to, what, length});
}

inline void lowerMemoryIntrinsic(Context &C, IntrinsicInst *call) {
  auto id = call->getIntrinsicID();
  Value *length = call->getArgOperand(2);
  auto *constant = dyn_cast<ConstantInt>(length);
  if (constant && constant->getZExtValue() <= (id == Intrinsic::memmove ? INLINE_MOVE : INLINE_COPY))
    return;
  bool fills = id == Intrinsic::memset || id == Intrinsic::memset_inline;
  const char *name = fills ? "sol_memset_" : id == Intrinsic::memmove ? "sol_memmove_" : "sol_memcpy_";
  IRBuilder<> B(call);
  length = B.CreateZExtOrTrunc(length, C.i64);
  memorySystemCall(C, B, name, call->getArgOperand(0), call->getArgOperand(1), length);
  call->eraseFromParent();
}

/** Gives the C functions that code calls by name a body: one system call each. */
inline void defineMemoryFunctions(Module &M) {
  for (StringRef name : {"memcmp", "bcmp", "memcpy", "memmove", "memset"}) {
    Function *F = M.getFunction(name);
    if (!F || !F->isDeclaration() || F->arg_size() != 3)
      continue;
    F->setLinkage(GlobalValue::InternalLinkage);
    F->setVisibility(GlobalValue::DefaultVisibility);
    F->setDSOLocal(true);
    IRBuilder<> B(BasicBlock::Create(M.getContext(), "", F));
    Context C(*F);
    Value *a = F->getArg(0), *b = F->getArg(1), *length = F->getArg(2);
    if (name.ends_with("cmp")) {
      Value *order = B.CreateAlloca(C.i32);
      B.CreateStore(ConstantInt::get(C.i32, 0), order);
      auto compare = C.systemCall("sol_memcmp_", {C.pointer, C.pointer, C.i64, C.pointer});
      B.CreateCall(compare, {a, b, length, order});
      B.CreateRet(B.CreateIntCast(B.CreateLoad(C.i32, order), F->getReturnType(), true));
      continue;
    }
    if (name == "memset")
      memorySystemCall(C, B, "sol_memset_", a, B.CreateTrunc(b, C.i8), length);
    else
      memorySystemCall(C, B, name == "memcpy" ? "sol_memcpy_" : "sol_memmove_", a, b, length);
    B.CreateRet(a);
  }
}
} // namespace sbf
