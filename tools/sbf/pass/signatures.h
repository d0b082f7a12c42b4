// Functions and call sites that the machine's registers can't hold: more than five argument registers,
// or a result of more than one. Rewritten by signature, so that indirect calls agree with what they reach.
#pragma once
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "runtime.h"

namespace sbf {
constexpr unsigned ARGUMENT_REGISTERS = 5;

inline unsigned registersOf(Type *T) {
  if (T->isVoidTy())
    return 0;
  if (auto *I = dyn_cast<IntegerType>(T))
    return (I->getBitWidth() + 63) / 64;
  if (T->isPointerTy() || T->isFloatingPointTy())
    return T->isFP128Ty() ? 2 : 1;
  if (auto *S = dyn_cast<StructType>(T)) {
    unsigned count = 0;
    for (Type *E : S->elements())
      count += registersOf(E);
    return count;
  }
  if (auto *A = dyn_cast<ArrayType>(T))
    return A->getNumElements() * registersOf(A->getElementType());
  if (auto *V = dyn_cast<FixedVectorType>(T))
    return V->getNumElements() * registersOf(V->getElementType());
  return 1;
}

/** How a signature is passed on: `kept` arguments as they are, the rest in one struct behind a pointer. */
struct NewSignature {
  bool change = false;
  bool resultByPointer = false;
  unsigned kept = 0;
  StructType *rest = nullptr;
  FunctionType *type = nullptr;
};

class Signatures {
  DenseMap<FunctionType *, NewSignature> known;

  NewSignature derive(FunctionType *old) {
    LLVMContext &C = old->getContext();
    Type *result = old->getReturnType();
    unsigned count = old->getNumParams();
    NewSignature N;
    N.resultByPointer = result->isStructTy() || result->isArrayTy() || result->isVectorTy() || registersOf(result) > 1;
    N.kept = count;
    unsigned total = N.resultByPointer ? 1 : 0;
    for (Type *P : old->params())
      total += registersOf(P);
    if (total > ARGUMENT_REGISTERS) { // one register is needed for the pointer to the rest
      unsigned used = N.resultByPointer ? 1 : 0;
      N.kept = 0;
      while (N.kept < count && used + registersOf(old->getParamType(N.kept)) <= ARGUMENT_REGISTERS - 1)
        used += registersOf(old->getParamType(N.kept++));
      SmallVector<Type *> rest;
      for (unsigned i = N.kept; i < count; i++)
        rest.push_back(old->getParamType(i));
      N.rest = StructType::get(C, rest);
    }
    N.change = N.resultByPointer || N.rest;
    if (!N.change)
      return N;
    SmallVector<Type *> parameters;
    if (N.resultByPointer)
      parameters.push_back(PointerType::get(C, 0));
    for (unsigned i = 0; i < N.kept; i++)
      parameters.push_back(old->getParamType(i));
    if (N.rest)
      parameters.push_back(PointerType::get(C, 0));
    N.type = FunctionType::get(N.resultByPointer ? Type::getVoidTy(C) : result, parameters, false);
    return N;
  }

public:
  NewSignature of(FunctionType *old) {
    auto found = known.find(old);
    if (found != known.end())
      return found->second;
    return known[old] = derive(old);
  }

  void rewriteCall(CallBase *call) {
    if (call->isInlineAsm() || isa<IntrinsicInst>(call))
      return;
    NewSignature N = of(call->getFunctionType());
    if (!N.change)
      return;
    IRBuilder<> entry(&*call->getFunction()->getEntryBlock().getFirstInsertionPt()), B(call);
    Type *type = call->getType();
    SmallVector<Value *> passed, slots;
    auto slot = [&](Type *of) {
      Value *made = entry.CreateAlloca(of);
      slots.push_back(made);
      B.CreateLifetimeStart(made);
      return made;
    };
    Value *result = nullptr;
    if (N.resultByPointer)
      passed.push_back(result = slot(type));
    for (unsigned i = 0; i < N.kept; i++)
      passed.push_back(call->getArgOperand(i));
    if (N.rest) {
      Value *rest = slot(N.rest);
      for (unsigned i = N.kept; i < call->arg_size(); i++)
        B.CreateStore(call->getArgOperand(i), B.CreateStructGEP(N.rest, rest, i - N.kept));
      passed.push_back(rest);
    }
    CallInst *made = B.CreateCall(N.type, call->getCalledOperand(), passed);
    made->setCallingConv(call->getCallingConv());
    for (auto kind : {Attribute::NoUnwind, Attribute::NoReturn})
      if (call->hasFnAttr(kind))
        made->addFnAttr(kind);
    if (N.resultByPointer)
      call->replaceAllUsesWith(B.CreateLoad(type, result));
    else if (!type->isVoidTy())
      call->replaceAllUsesWith(made);
    for (Value *s : slots)
      B.CreateLifetimeEnd(s);
    call->eraseFromParent();
  }

  void rewriteFunction(Function *F) {
    NewSignature N = of(F->getFunctionType());
    if (!N.change)
      return;
    if (F->isDeclaration()) // the linker names it again, as undefined
      errs() << "sbf-pass: external function with unsupported signature: " << F->getName() << "\n";
    Function *G = Function::Create(N.type, F->getLinkage(), F->getAddressSpace(), "", F->getParent());
    G->takeName(F);
    G->setCallingConv(F->getCallingConv());
    G->setVisibility(F->getVisibility());
    G->setSection(F->getSection());
    G->copyMetadata(F, 0);
    AttrBuilder attributes(F->getContext(), F->getAttributes().getFnAttrs());
    // What was true of the memory it touches no longer is: it reads and writes the caller's slots.
    for (auto kind : {Attribute::Memory, Attribute::Speculatable, Attribute::AllocSize, Attribute::AllocKind})
      attributes.removeAttribute(kind);
    G->addFnAttrs(attributes);
    if (!F->isDeclaration())
      moveBody(F, G, N);
    F->replaceAllUsesWith(G);
    F->eraseFromParent();
  }

private:
  static void moveBody(Function *F, Function *G, const NewSignature &N) {
    G->splice(G->begin(), F);
    IRBuilder<> B(&*G->getEntryBlock().getFirstInsertionPt());
    unsigned next = 0;
    Value *result = N.resultByPointer ? G->getArg(next++) : nullptr;
    for (unsigned i = 0; i < N.kept; i++, next++) {
      F->getArg(i)->replaceAllUsesWith(G->getArg(next));
      G->getArg(next)->takeName(F->getArg(i));
    }
    for (unsigned i = N.kept; N.rest && i < F->arg_size(); i++) {
      Value *field = B.CreateStructGEP(N.rest, G->getArg(next), i - N.kept);
      F->getArg(i)->replaceAllUsesWith(B.CreateLoad(F->getArg(i)->getType(), field));
    }
    if (!result)
      return;
    for (BasicBlock &block : *G)
      if (auto *ret = dyn_cast<ReturnInst>(block.getTerminator())) {
        IRBuilder<> R(ret);
        R.CreateStore(ret->getReturnValue(), result);
        R.CreateRetVoid();
        ret->eraseFromParent();
      }
  }
};
} // namespace sbf
