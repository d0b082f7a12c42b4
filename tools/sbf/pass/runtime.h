// Calls that the lowered code makes: functions of Rust's compiler-builtins, and Solana's system calls.
#pragma once
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/raw_ostream.h"

namespace sbf {
using namespace llvm;

[[noreturn]] inline void fail(const Twine &message) {
  errs() << "sbf-pass: " << message << "\n";
  exit(1);
}

/** The integer types that the code is lowered to, and where a function's stack slots are made. */
struct Context {
  Function &function;
  Module &module;
  LLVMContext &llvm;
  Type *void_, *pointer, *i8, *i32, *i64, *i128;

  explicit Context(Function &F)
      : function(F), module(*F.getParent()), llvm(F.getContext()), void_(Type::getVoidTy(llvm)),
        pointer(PointerType::get(llvm, 0)), i8(Type::getInt8Ty(llvm)), i32(Type::getInt32Ty(llvm)),
        i64(Type::getInt64Ty(llvm)), i128(Type::getInt128Ty(llvm)) {}

  IRBuilder<> atEntry() { return IRBuilder<>(&*function.getEntryBlock().getFirstInsertionPt()); }

  FunctionCallee systemCall(StringRef name, ArrayRef<Type *> parameters) {
    return module.getOrInsertFunction(name, FunctionType::get(void_, parameters, false));
  }
};

/**
 * Calls a compiler-builtins function, whatever of its result and arguments it takes by pointer.
 * `result` is the type it computes.
 */
inline Value *callRuntime(Context &C, IRBuilder<> &B, StringRef name, Type *result, ArrayRef<Value *> args) {
  Function *callee = C.module.getFunction(name);
  if (!callee)
    fail("runtime function " + name + " is missing");
  FunctionType *type = callee->getFunctionType();
  IRBuilder<> entry = C.atEntry();
  SmallVector<Value *> passed, slots;
  auto slot = [&](Type *of) {
    Value *made = entry.CreateAlloca(of);
    slots.push_back(made);
    B.CreateLifetimeStart(made);
    return made;
  };

  Value *out = nullptr;
  if (type->getReturnType()->isVoidTy())
    passed.push_back(out = slot(result));
  unsigned next = passed.size();
  if (type->getNumParams() != args.size() + next)
    fail("unexpected signature of " + name);
  for (Value *arg : args) {
    Type *wanted = type->getParamType(next++);
    if (wanted->isPointerTy() && !arg->getType()->isPointerTy()) {
      Value *made = slot(arg->getType());
      B.CreateStore(arg, made);
      passed.push_back(made);
    } else if (wanted->isIntegerTy() && arg->getType() != wanted) {
      passed.push_back(B.CreateZExtOrTrunc(arg, wanted));
    } else {
      passed.push_back(arg);
    }
  }
  CallInst *call = B.CreateCall(type, callee, passed);
  call->addFnAttr(Attribute::NoUnwind);
  Value *value = out ? static_cast<Value *>(B.CreateLoad(result, out)) : call;
  for (Value *made : slots)
    B.CreateLifetimeEnd(made);
  return value;
}

inline void replace(Instruction *old, Value *by) {
  old->replaceAllUsesWith(by);
  old->eraseFromParent();
}
} // namespace sbf
