// Teaches a copy of Rust 1.96's library/ the target_os "solana": `patch-std.mjs LIBRARY`.
// Every edit says how often its text occurs, so that another version of std fails here, loudly, and not later.
import fs from 'node:fs';
import path from 'node:path';

const [, , library] = process.argv;

/**
 * Replaces text in a file of the library.
 * @param {string} name @param {readonly [find: string, replace: string, times?: number][]} edits
 */
function edit(name, edits) {
  const file = path.join(library, name);
  let text = fs.readFileSync(file, 'utf8');
  for (const [find, replace, times = 1] of edits) {
    const found = text.split(find).length - 1;
    if (found !== times)
      throw new Error(`${name}: expected ${times} of ${JSON.stringify(find)}, found ${found}`);
    text = text.replaceAll(find, () => replace);
  }
  fs.writeFileSync(file, text);
}

/** Adds code at the beginning of a function whose signature spans lines. */
function prepend(name, signature, code) {
  const file = path.join(library, name);
  const text = fs.readFileSync(file, 'utf8');
  const found = text.match(signature);
  if (!found) throw new Error(`${name}: ${signature} not found`);
  fs.writeFileSync(
    file,
    text.replace(found[0], () => found[0] + code),
  );
}

edit('std/build.rs', [
  ['        || target_os == "zkvm"\n', '        || target_os == "zkvm"\n        || target_os == "solana"\n'],
]);

// One thread: thread locals are plain statics, as on zkvm. Both lists of such systems name it.
edit('std/src/sys/thread_local/mod.rs', [
  ['target_os = "zkvm",', 'target_os = "zkvm", target_os = "solana",', 2],
]);

// A program on a chain has no entropy.
edit('std/src/sys/random/mod.rs', [
  [
    '    target_os = "zkvm" => {',
    `    target_os = "solana" => {
        pub fn fill_bytes(_: &mut [u8]) { panic!("no random data on solana") }
        pub fn hashmap_random_keys() -> (u64, u64) { (1, 2) }
    }
    target_os = "zkvm" => {`,
  ],
  [
    '    target_os = "xous",\n    target_os = "vexos",\n)))]',
    '    target_os = "xous",\n    target_os = "vexos",\n    target_os = "solana",\n)))]',
  ],
]);

// Constant hash keys, as the official toolchain has them: there are no thread locals to write to.
edit('std/src/hash/random.rs', [
  [
    '    pub fn new() -> RandomState {\n',
    `    pub fn new() -> RandomState {
        #[cfg(target_os = "solana")]
        return RandomState { k0: 1, k1: 2 };
        #[cfg(not(target_os = "solana"))]
        Self::new_random()
    }

    #[allow(dead_code)]
    fn new_random() -> RandomState {
`,
  ],
]);

// Programs bring their own #[global_allocator]; the system's gives nothing.
edit('std/src/sys/alloc/mod.rs', [
  ['    target_arch = "x86",\n', '    target_arch = "x86",\n    target_arch = "bpf",\n'],
  [
    '    target_os = "zkvm" => {\n        mod zkvm;\n    }',
    '    target_os = "zkvm" => {\n        mod zkvm;\n    }\n    target_os = "solana" => {\n        mod solana;\n    }',
  ],
]);
fs.copyFileSync(
  new URL('alloc-solana.rs', import.meta.url),
  path.join(library, 'std/src/sys/alloc/solana.rs'),
);

edit('std/src/sys/io/error/mod.rs', [
  ['        target_os = "zkvm",\n', '        target_os = "zkvm",\n        target_os = "solana",\n'],
]);

// Aborting is a system call.
edit('std/src/sys/pal/unsupported/common.rs', [
  [
    '    core::intrinsics::abort();',
    `    #[cfg(target_os = "solana")]
    {
        unsafe extern "C" { fn abort() -> !; }
        unsafe { abort() }
    }
    #[cfg(not(target_os = "solana"))]
    core::intrinsics::abort();`,
  ],
]);

// Panic counters and hooks are writable statics, which a program can't have: log through the program's
// custom_panic (solana-program-entrypoint) and abort.
edit('std/src/panicking.rs', [
  [
    "pub fn panic_handler(info: &core::panic::PanicInfo<'_>) -> ! {\n",
    `#[cfg(target_os = "solana")]
pub fn panic_handler(info: &core::panic::PanicInfo<'_>) -> ! {
    unsafe extern "Rust" { fn custom_panic(info: &core::panic::PanicInfo<'_>); }
    unsafe { custom_panic(info) };
    crate::sys::abort_internal()
}

/// Entry point of panics from the core crate (\`panic_impl\` lang item).
#[cfg(not(any(test, doctest, target_os = "solana")))]
#[panic_handler]
pub fn panic_handler(info: &core::panic::PanicInfo<'_>) -> ! {
`,
  ],
]);
prepend(
  'std/src/panicking.rs',
  /fn panic_with_hook\([\s\S]*?\) -> ! \{\n/,
  '    #[cfg(target_os = "solana")]\n    crate::sys::abort_internal();\n',
);

edit('std/src/alloc.rs', [
  [
    'pub fn rust_oom(layout: Layout) -> ! {\n',
    `pub fn rust_oom(layout: Layout) -> ! {
    #[cfg(target_os = "solana")]
    {
        unsafe extern "C" { fn sol_log_(message: *const u8, len: u64); }
        let _ = layout;
        let m = "Error: memory allocation failed, out of memory";
        unsafe { sol_log_(m.as_ptr(), m.len() as u64) };
        crate::process::abort()
    }
    #[cfg(not(target_os = "solana"))]
`,
  ],
]);

// Stack frames have 4 KiB: the sorts' scratch space takes a quarter of one.
edit('core/src/slice/sort/stable/mod.rs', [
  ['AlignedStorage::<T, 4096>::new()', 'AlignedStorage::<T, 1024>::new()', 2],
]);
edit('core/src/slice/sort/shared/smallsort.rs', [
  ['const MAX_STACK_ARRAY_SIZE: usize = 4096;', 'const MAX_STACK_ARRAY_SIZE: usize = 1024;'],
]);
