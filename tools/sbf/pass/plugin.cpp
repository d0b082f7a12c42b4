// LLVM 22 pass plugin `sbf-lower`: makes optimised Rust code fit LLVM's BPF back end and the SBPF v0 machine.
// What it does not know it leaves, and the back end or the linker then refuses it by name.
#include "llvm/IR/PassManager.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Plugins/PassPlugin.h"

#include "floats.h"
#include "integers.h"
#include "memory.h"
#include "signatures.h"

using namespace llvm;

namespace sbf {
static void lowerIntrinsic(Context &C, IntrinsicInst *call) {
  switch (call->getIntrinsicID()) {
  case Intrinsic::umul_with_overflow:
  case Intrinsic::smul_with_overflow:
    return lowerMultiplyWithOverflow(C, call);
  case Intrinsic::memcpy:
  case Intrinsic::memcpy_inline:
  case Intrinsic::memmove:
  case Intrinsic::memset:
  case Intrinsic::memset_inline:
    return lowerMemoryIntrinsic(C, call);
  case Intrinsic::fptoui_sat:
  case Intrinsic::fptosi_sat:
  case Intrinsic::sqrt:
    return lowerFloatIntrinsic(C, call);
  case Intrinsic::trap:
  case Intrinsic::ubsantrap:
  case Intrinsic::debugtrap:
    IRBuilder<>(call).CreateCall(C.systemCall("abort", {}), {});
    call->eraseFromParent();
    return;
  case Intrinsic::prefetch:
    call->eraseFromParent();
    return;
  default:
    return;
  }
}

static void lowerOperations(Function &F) {
  Context C(F);
  SmallVector<Instruction *> all;
  for (Instruction &I : instructions(F))
    all.push_back(&I);
  for (Instruction *I : all) {
    if (auto *op = dyn_cast<BinaryOperator>(I)) {
      if (!lowerInteger(C, op))
        lowerFloatOperation(C, op);
    } else if (auto *cast = dyn_cast<CastInst>(I)) {
      lowerCast(C, cast);
    } else if (auto *comparison = dyn_cast<FCmpInst>(I)) {
      lowerFloatComparison(C, comparison);
    } else if (auto *call = dyn_cast<IntrinsicInst>(I)) {
      lowerIntrinsic(C, call);
    }
  }
}

/** Struct returns of the old ABI mean something else to the back end. */
static void dropStructReturns(Module &M) {
  for (Function &F : M) {
    if (F.isIntrinsic())
      continue;
    for (unsigned i = 0; i < F.arg_size(); i++)
      F.removeParamAttr(i, Attribute::StructRet);
    for (Instruction &I : instructions(F))
      if (auto *call = dyn_cast<CallBase>(&I))
        for (unsigned i = 0; i < call->arg_size(); i++)
          call->removeParamAttr(i, Attribute::StructRet);
  }
}

struct Lower : PassInfoMixin<Lower> {
  PreservedAnalyses run(Module &M, ModuleAnalysisManager &) {
    for (Function &F : M) // no promise about tail calls survives a changed signature
      for (Instruction &I : instructions(F))
        if (auto *call = dyn_cast<CallInst>(&I))
          call->setTailCallKind(CallInst::TCK_None);
    defineMemoryFunctions(M);

    SmallVector<Function *> functions;
    for (Function &F : M)
      if (!F.isDeclaration())
        functions.push_back(&F);
    for (Function *F : functions)
      lowerOperations(*F);

    SmallVector<CallBase *> calls;
    functions.clear();
    for (Function &F : M) {
      if (!F.isIntrinsic())
        functions.push_back(&F);
      for (Instruction &I : instructions(F))
        if (auto *call = dyn_cast<CallBase>(&I))
          calls.push_back(call);
    }
    // Calls first: they keep pointing at the old functions (pointers have no type), which are replaced next.
    Signatures signatures;
    for (CallBase *call : calls)
      signatures.rewriteCall(call);
    for (Function *F : functions)
      signatures.rewriteFunction(F);
    dropStructReturns(M);

    if (verifyModule(M, &errs()))
      fail("broken module");
    return PreservedAnalyses::none();
  }
  static bool isRequired() { return true; }
};
} // namespace sbf

extern "C" LLVM_ATTRIBUTE_WEAK PassPluginLibraryInfo llvmGetPassPluginInfo() {
  auto start = [](PassBuilder &builder) {
    builder.registerPipelineParsingCallback(
        [](StringRef name, ModulePassManager &manager, ArrayRef<PassBuilder::PipelineElement>) {
          if (name == "sbf-lower")
            manager.addPass(sbf::Lower());
          return name == "sbf-lower";
        });
  };
  return {LLVM_PLUGIN_API_VERSION, "sbf-lower", "2", start};
}
