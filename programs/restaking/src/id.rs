//! The program's address. Written by tools/program-id.mjs for a real cluster; this one is the development key,
//! made from the public seed SHA-256("solayer-council development program") and worthless.
anchor_lang::declare_id!("3skELSNQynLdnLdgzxfhRTdGiR7TSXtpfGgxJHLyKGu6");
