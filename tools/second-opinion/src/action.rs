//! What each kind of action compiles to, and what it leaves on chain.
use crate::fields::Fields;
use crate::key::{self, config_at, known, pda, record_at, unhex, vault_at, Key, NO_KEY};
use crate::message::Instruction;
use crate::program::{self, quoted, text, ACCESS, STATUSES};
use crate::yaml::Value;

/// Fields of one account afterwards, in words; none where it is closed.
pub struct Effect {
    pub kind: &'static str,
    pub account: Key,
    pub fields: Option<Vec<(&'static str, String)>>,
}

/// What a text is compiled with.
pub struct Pins {
    pub program: Key,
    pub council: Key,
    pub vault: Key,
    pub number: u32,
}

#[derive(Default)]
pub struct Built {
    pub instructions: Vec<Instruction>,
    pub effects: Vec<Effect>,
}

pub enum Fault {
    /// The text asks for something this program was not written for.
    Unknown(String),
    Wrong(String),
}
impl From<String> for Fault {
    fn from(what: String) -> Fault {
        Fault::Wrong(what)
    }
}

impl Built {
    fn add(&mut self, pins: &Pins, name: &str, given: &[(&str, Key)], args: &[&[u8]]) {
        let (authority, config) = (("authority", pins.vault), ("config", config_at(&pins.program).0));
        let base = [
            authority,
            config,
            ("sipRecord", record_at(&pins.program, pins.number).0),
            ("council", pins.council),
        ];
        self.instructions.push(program::instruction(&pins.program, name, &[&base, given].concat(), args));
    }
    /// Where two actions touch one field of an account, the later one holds.
    fn leaves(&mut self, kind: &'static str, account: Key, fields: &[(&'static str, String)]) {
        let effect = self.effect(kind, account);
        let known = effect.fields.get_or_insert_default();
        for (name, value) in fields {
            match known.iter_mut().find(|(known, _)| known == name) {
                Some(field) => field.1.clone_from(value),
                None => known.push((name, value.clone())),
            }
        }
    }
    fn effect(&mut self, kind: &'static str, account: Key) -> &mut Effect {
        let known = self.effects.iter().position(|effect| effect.account == account);
        let at = known.unwrap_or(self.effects.len());
        if known.is_none() {
            self.effects.push(Effect { kind, account, fields: None });
        }
        &mut self.effects[at]
    }
}

fn key_text(key: Key) -> String {
    quoted(&key.to_string())
}

/// Adds what one action of the block compiles to.
pub fn build(value: Value, pins: &Pins, built: &mut Built) -> Result<(), Fault> {
    let mut fields = Fields::of(value)?;
    let kind = fields.text_if("action", |_| true)?;
    let sip = ("sip", pins.number.to_string());
    let config = config_at(&pins.program).0;
    let f = &mut fields;
    match kind.as_str() {
        "whitelist-lst" => whitelist_lst(f, pins, built)?,
        "set-pool-cap" => {
            let (pool, symbol, (decimals, cap)) = (pool_of(pins, f.key("mint")?), f.symbol()?, f.cap()?);
            let args = [&text(&symbol)[..], &[decimals], &cap.to_le_bytes()];
            built.add(pins, "set_pool_cap", &[("pool", pool)], &args);
            built.leaves("RestakingPool", pool, &[("cap", cap.to_string()), sip]);
        }
        "set-pool-status" => {
            let (pool, symbol) = (pool_of(pins, f.key("mint")?), f.symbol()?);
            let status = f.word("status", &STATUSES)?;
            built.add(pins, "set_pool_status", &[("pool", pool)], &[&text(&symbol), &[status as u8]]);
            built.leaves("RestakingPool", pool, &[("status", quoted(STATUSES[status])), sip]);
        }
        "set-receipts-transferable" => {
            let (pool, symbol) = (pool_of(pins, f.key("mint")?), f.symbol()?);
            built.add(pins, "set_receipts_transferable", &[("pool", pool)], &[&text(&symbol)]);
            built.leaves("RestakingPool", pool, &[("receiptsTransferable", "true".into()), sip]);
        }
        "whitelist-operator" | "update-operator" => {
            let (vote, name, authority) = (f.key("vote-account")?, f.operator_name()?, f.key("authority")?);
            let operator = pda(&pins.program, &[b"operator", &vote.0]).0;
            let given = [("voteAccount", vote), ("operator", operator)];
            built.add(pins, &kind.replace('-', "_"), &given, &[&text(&name), &authority.0]);
            let (name, authority) = (("name", quoted(&name)), ("authority", key_text(authority)));
            if kind == "update-operator" {
                built.leaves("Operator", operator, &[name, authority, sip]);
            } else {
                let (status, by) = (("status", quoted("active")), ("whitelistedBy", pins.number.to_string()));
                built.leaves(
                    "Operator",
                    operator,
                    &[("voteAccount", key_text(vote)), authority, name, status, by],
                );
            }
        }
        "retire-operator" => {
            let operator = pda(&pins.program, &[b"operator", &f.key("vote-account")?.0]).0;
            built.add(pins, "retire_operator", &[("operator", operator)], &[&text(&f.operator_name()?)]);
            built.leaves("Operator", operator, &[("status", quoted("retired")), sip]);
        }
        "schedule-epoch" => terms(f, pins, built, "schedule_epoch")?,
        "amend-epoch" => terms(f, pins, built, "amend_epoch")?,
        "set-epoch-cap" => {
            let index = f.index()?;
            epoch_cap(f, pins, built, index)?;
        }
        "cancel-epoch" => {
            let index = f.index()?;
            let epoch = epoch_of(pins, index);
            built.add(pins, "cancel_epoch", &[("epoch", epoch)], &[&index.to_le_bytes()]);
            built.effect("Epoch", epoch).fields = None;
            built.leaves("Config", config, &[("nextEpoch", index.to_string())]);
        }
        "end-epoch" => {
            let index = f.index()?;
            let epoch = epoch_of(pins, index);
            built.add(pins, "end_epoch", &[("epoch", epoch)], &[&index.to_le_bytes()]);
            built.leaves("Epoch", epoch, &[("status", quoted("closed")), sip]);
            built.leaves("Config", config, &[("activeEpoch", "none".into())]);
        }
        "pause" | "unpause" => {
            built.add(pins, &kind, &[], &[]);
            let state = if kind == "pause" { "council" } else { "off" };
            built.leaves("Config", config, &[("pause", quoted(state)), sip]);
        }
        "set-roles" => {
            let [admin, guardian, gatekeeper] =
                [f.key_or_none("epoch-admin")?, f.key_or_none("guardian")?, f.key_or_none("gatekeeper")?];
            built.add(pins, "set_roles", &[], &[&admin.0, &guardian.0, &gatekeeper.0]);
            let (admin, guardian) = (("epochAdmin", key_text(admin)), ("guardian", key_text(guardian)));
            built.leaves("Config", config, &[admin, guardian, ("gatekeeper", key_text(gatekeeper)), sip]);
        }
        "set-guard" => {
            let (threshold, time_lock) = f.floors()?;
            let governance = f.key_or_none("vote-governance")?;
            let args = [&threshold.to_le_bytes()[..], &time_lock.to_le_bytes(), &governance.0];
            built.add(pins, "set_guard", &[], &args);
            let threshold = ("guard.floors.minThreshold", threshold.to_string());
            let time_lock = ("guard.floors.minTimeLock", time_lock.to_string());
            let governance = ("guard.voteGovernance", key_text(governance));
            built.leaves("Config", config, &[threshold, time_lock, governance, sip]);
        }
        "propose-authority" => propose_authority(f, pins, built)?,
        "record-external" => record_external(f, pins, built)?,
        _ => return Err(Fault::Unknown(format!("action-kind-unknown: {kind}"))),
    }
    Ok(fields.end().map_err(|fault| format!("{kind}: {fault}"))?)
}

fn pool_of(pins: &Pins, mint: Key) -> Key {
    pda(&pins.program, &[b"pool", &mint.0]).0
}

fn epoch_of(pins: &Pins, index: u16) -> Key {
    pda(&pins.program, &[b"epoch", &index.to_le_bytes()]).0
}

fn whitelist_lst(f: &mut Fields, pins: &Pins, built: &mut Built) -> Result<(), String> {
    let (mint, symbol, (decimals, cap)) = (f.key("mint")?, f.symbol()?, f.cap()?);
    let token = known([key::TOKEN, key::TOKEN_2022][f.word("token-program", &["token", "token-2022"])?]);
    let freeze = f.stated("allow-freeze-authority")?;
    let pool = pool_of(pins, mint);
    let receipt = pda(&pins.program, &[b"rst", &pool.0]).0;
    let vault = pda(&known(key::ASSOCIATED_TOKEN), &[&pool.0, &token.0, &mint.0]).0;
    let given = [
        ("lstMint", mint),
        ("pool", pool),
        ("rstMint", receipt),
        ("lstVault", vault),
        ("lstTokenProgram", token),
    ];
    let args = [&text(&symbol)[..], &[decimals], &cap.to_le_bytes(), &[u8::from(freeze)]];
    built.add(pins, "whitelist_lst", &given, &args);
    let (mint, receipt) = (("lstMint", key_text(mint)), ("rstMint", key_text(receipt)));
    let (decimals, symbol) = (("decimals", decimals.to_string()), ("symbol", quoted(&symbol)));
    let (status, frozen) = (("status", quoted("open")), ("receiptsTransferable", "false".into()));
    let (cap, by) = (("cap", cap.to_string()), ("whitelistedBy", pins.number.to_string()));
    built.leaves("RestakingPool", pool, &[mint, receipt, decimals, symbol, status, frozen, cap, by]);
    Ok(())
}

fn epoch_cap(f: &mut Fields, pins: &Pins, built: &mut Built, index: u16) -> Result<Key, String> {
    let (mint, symbol, (decimals, cap)) = (f.key("mint")?, f.symbol()?, f.cap()?);
    let pool = pool_of(pins, mint);
    let account = pda(&pins.program, &[b"epoch-cap", &index.to_le_bytes(), &pool.0]).0;
    let given = [("epoch", epoch_of(pins, index)), ("pool", pool), ("epochCap", account)];
    let args = [&index.to_le_bytes()[..], &text(&symbol), &[decimals], &cap.to_le_bytes()];
    built.add(pins, "set_epoch_cap", &given, &args);
    let (cap, sip) = (("cap", cap.to_string()), ("sip", pins.number.to_string()));
    built.leaves("EpochCap", account, &[("index", index.to_string()), ("pool", key_text(pool)), cap, sip]);
    Ok(pool)
}

fn terms(f: &mut Fields, pins: &Pins, built: &mut Built, name: &str) -> Result<(), String> {
    let (index, opens) = (f.index()?, f.time("opens-at")?);
    let closes = f.time_or_none("closes-at")?;
    if closes.is_some_and(|closes| closes <= opens) {
        return Err("the window must close after it opens".into());
    }
    let (access, withdrawals) = (f.word("access", &ACCESS)?, f.word("withdrawals", &["off", "on"])?);
    let closing = closes.map_or(vec![0], |closes| [&[1], &closes.to_le_bytes()[..]].concat());
    let args =
        [&index.to_le_bytes()[..], &opens.to_le_bytes(), &closing, &[access as u8], &[withdrawals as u8]];
    let epoch = epoch_of(pins, index);
    built.add(pins, name, &[("epoch", epoch)], &args);
    let mut left = vec![
        ("index", index.to_string()),
        ("terms.opensAt", opens.to_string()),
        ("terms.closesAt", closes.map_or("none".into(), |closes| closes.to_string())),
        ("terms.access", quoted(ACCESS[access])),
        ("terms.withdrawals", (withdrawals == 1).to_string()),
        ("sip", pins.number.to_string()),
    ];
    if name == "schedule_epoch" {
        left.extend([("status", quoted("scheduled")), ("scheduledBy", pins.number.to_string())]);
    }
    built.leaves("Epoch", epoch, &left);
    let mut pools = Vec::new();
    for cap in f.list("caps")? {
        let mut fields = Fields::of(cap)?;
        pools.push(epoch_cap(&mut fields, pins, built, index)?);
        fields.end()?;
    }
    let count = pools.len();
    pools.sort();
    pools.dedup();
    if pools.len() < count {
        return Err("a mint has one cap in an epoch".into());
    }
    if name == "schedule_epoch" {
        let next = (u32::from(index) + 1).to_string();
        built.leaves("Config", config_at(&pins.program).0, &[("nextEpoch", next)]);
    }
    Ok(())
}

fn propose_authority(f: &mut Fields, pins: &Pins, built: &mut Built) -> Result<(), String> {
    let (config, sip) = (config_at(&pins.program).0, ("sip", pins.number.to_string()));
    if f.stated("cancel")? {
        built.add(pins, "propose_authority", &[], &[&[0; 32], &[0], &[0; 32], &[0; 6], &[0; 8]]);
        built.leaves("Config", config, &[("pending.authority", key_text(NO_KEY)), sip]);
        return Ok(());
    }
    f.word("venue", &["squads"])?;
    let (council, (threshold, time_lock), expires) = (f.key("council")?, f.floors()?, f.time("expires-at")?);
    let authority = vault_at(&council, 0).0;
    let floors = [&threshold.to_le_bytes()[..], &time_lock.to_le_bytes()].concat();
    let args = [&authority.0[..], &[0], &council.0, &floors, &expires.to_le_bytes()];
    built.add(pins, "propose_authority", &[], &args);
    let left = [
        ("pending.authority", key_text(authority)),
        ("pending.venueAccount", key_text(council)),
        ("pending.floors.minThreshold", threshold.to_string()),
        ("pending.floors.minTimeLock", time_lock.to_string()),
        ("pending.expiresAt", expires.to_string()),
        ("pending.sip", pins.number.to_string()),
        sip,
    ];
    built.leaves("Config", config, &left);
    Ok(())
}

fn record_external(f: &mut Fields, pins: &Pins, built: &mut Built) -> Result<(), String> {
    let left = [("sip", pins.number.to_string())];
    if f.word("external", &["instruction", "config-transaction"])? == 1 {
        let multisig = f.key("multisig")?;
        let hash =
            unhex(&f.text_if("hash", |text| text.len() == 64)?).ok_or("hash is not 64 digits in hex")?;
        built.add(pins, "record_external", &[], &[&[1], &multisig.0, &hash]);
    } else {
        let program = f.key("program")?;
        let mut accounts = Vec::new();
        for account in f.list("accounts")? {
            let mut fields = Fields::of(account)?;
            accounts.push((fields.key("address")?, fields.flag("signer")?, fields.flag("writable")?));
            fields.end()?;
        }
        let data = unhex(&f.text_if("data", |_| true)?).ok_or("data is not in hex")?;
        // The hash follows from the whole message, which is not known yet.
        built.add(pins, "record_external", &[], &[&[0], &program.0, &[0; 32]]);
        built.instructions.last_mut().expect("just added").records_next = true;
        built.instructions.push(Instruction { program, accounts, data, records_next: false });
    }
    built.leaves("Config", config_at(&pins.program).0, &left);
    Ok(())
}
