//! The verdict on one council transaction: the first that applies.
use crate::action::Pins;
use crate::announce::{self, Announcement};
use crate::bundle::{Account, Bundle};
use crate::compare::compare;
use crate::key::{self, config_at, known, record_at, Key, NO_KEY};
use crate::message::Message;
use crate::plan::Plan;
use crate::read::{self, members_hash, Multisig, VaultTransaction};
use Verdict::*;

/// In order: of several that apply, the first is the verdict.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verdict {
    Unreadable,
    TrailingBytes,
    DigestUnknown,
    WrongCouncil,
    WrongVault,
    LookupTablePresent,
    EphemeralSignerPresent,
    DifferentProgram,
    ExtraInstruction,
    MissingInstruction,
    Reordered,
    DifferentAccount,
    DifferentArgument,
    AlreadyEnacted,
    Stale,
    Expired,
    Match,
    /// The text asks for something that this program does not know.
    NotJudged,
}

impl Verdict {
    /// `different-account` for `DifferentAccount`.
    pub fn word(&self) -> String {
        let name = format!("{self:?}");
        let hyphened = name.chars().flat_map(|c| ['-', c].into_iter().skip(usize::from(c.is_lowercase())));
        hyphened.skip(1).collect::<String>().to_lowercase()
    }
}

pub struct Judgement {
    pub verdict: Verdict,
    pub executed: bool,
    /// The SIP that the message announces, and the number of parts of what it was compared with.
    pub announced: Option<(Announcement, usize)>,
}

struct Accounts {
    multisig: Multisig,
    transaction: VaultTransaction,
    executed: bool,
    /// Whether they say of themselves what their addresses say.
    consistent: bool,
}

/// The data, where address and owner are as they have to be.
fn at_home<'a>(account: &'a Option<Account>, home: Key, owner: &Key) -> Option<&'a [u8]> {
    account.as_ref().filter(|one| one.address == home && one.owner == *owner).map(|one| &one.data.0[..])
}

/// Lamports sent by a stranger make an account of the system program without data: none of ours.
fn exists(account: &Option<Account>) -> bool {
    account.as_ref().is_some_and(|one| one.owner != known(key::SYSTEM) || !one.data.0.is_empty())
}

/// None where one of them cannot be read at all.
fn read_accounts(bundle: &Bundle, council: &Key) -> Option<Accounts> {
    let (index, accounts, squads) = (bundle.transaction_index, &bundle.accounts, known(key::SQUADS));
    let (home, home_bump) = key::transaction_at(council, index);
    let multisig = read::multisig(at_home(&accounts.multisig, *council, &squads)?).ok()?;
    let transaction = read::vault_transaction(at_home(&accounts.transaction, home, &squads)?).ok()?;
    let mut consistent = (*council, multisig.bump) == key::multisig_at(&multisig.create_key)
        && index <= multisig.transaction_index
        && (transaction.index, transaction.bump) == (index, home_bump);
    let mut executed = false;
    if exists(&accounts.proposal) {
        let (home, home_bump) = key::proposal_at(council, index);
        let proposal = read::proposal(at_home(&accounts.proposal, home, &squads)?).ok()?;
        let said = (proposal.multisig, proposal.transaction_index, proposal.bump);
        consistent &= said == (*council, index, home_bump);
        executed = proposal.executed;
    }
    Some(Accounts { multisig, transaction, executed, consistent })
}

pub fn judge(bundle: &Bundle, plan: &Plan) -> Result<Judgement, String> {
    let Pins { program, council, vault, .. } = &plan.pins;
    let Some(Accounts { multisig, transaction, executed, consistent }) = read_accounts(bundle, council)
    else {
        return Ok(Judgement { verdict: Unreadable, executed: false, announced: None });
    };
    let message = &transaction.message;
    let located = announce::find(message, program);
    let rest = located.and_then(|one| one.rest);
    let begin = rest.and_then(|rest| rest.begin);
    let members = members_hash(&multisig.members);
    // Every change of members makes older transactions stale: the creator of one that is not is still there.
    let initiates = |(key, mask): &(Key, u8)| *key == transaction.creator && mask & 1 != 0;
    let orphan = transaction.index > multisig.stale_index && !multisig.members.iter().any(initiates);
    let changed = begin.is_some_and(|begin| begin.members != members);
    let wrong_vault = (*vault, transaction.vault_bump) != key::vault_at(council, transaction.vault_index);
    let applies = [
        (!consistent, Unreadable),
        (transaction.trailing > 0, TrailingBytes),
        (located.is_none_or(|one| one.digest != plan.digest), DigestUnknown),
        (transaction.multisig != *council || multisig.config_authority != NO_KEY, WrongCouncil),
        (!executed && (changed || orphan), WrongCouncil),
        (transaction.vault_index != 0 || wrong_vault, WrongVault),
        (message.tables > 0, LookupTablePresent),
        (transaction.ephemeral_signers > 0, EphemeralSignerPresent),
        (!executed && bundle.transaction_index <= multisig.stale_index, Stale),
    ];
    let mut found: Vec<Verdict> = applies.iter().filter(|(holds, _)| *holds).map(|(_, kind)| *kind).collect();

    // What has run is judged by what it said itself: the council may have changed since.
    let own = rest.filter(|_| executed);
    let members = own.and_then(|own| own.begin).map_or(members, |begin| begin.members);
    let council_tx = own.map_or(bundle.transaction_index, |own| own.council_tx);
    let first = usize::from(!located.is_some_and(|one| one.accepts));
    let claimed = rest.map_or(first, |rest| rest.part.into());
    let (parts, kinds) = closest(plan, claimed, &members, council_tx, &transaction)?;
    found.extend(kinds);
    if let Some(one) = located {
        found.extend(misannounced(bundle, plan, message, &one, &found));
        found.extend(if executed { None } else { impossible(bundle, plan, &one) });
    }
    let verdict = found.into_iter().min().unwrap_or(Match);
    Ok(Judgement { verdict, executed, announced: located.map(|one| (one, parts)) })
}

/// Differences from the part that the bytes claim to be, or from a nearer one, so that a wrong part number is called
/// that; and the number of parts.
fn closest(
    plan: &Plan,
    claimed: usize,
    members: &[u8; 32],
    council_tx: u64,
    transaction: &VaultTransaction,
) -> Result<(usize, Vec<Verdict>), String> {
    let mut best: Option<Vec<Verdict>> = None;
    let parts = if claimed == 0 { 0 } else { plan.parts.len() };
    for part in [claimed].into_iter().chain((1..=parts).filter(|part| *part != claimed)) {
        let Some(expected) = plan.compile(part, members, council_tx)? else { continue };
        let kinds = compare(&expected, &transaction.message, &transaction.bytes);
        if best.as_ref().is_none_or(|best| kinds.len() < best.len()) {
            best = Some(kinds);
        }
        if best.as_ref().is_some_and(Vec::is_empty) {
            break;
        }
    }
    Ok((parts, best.unwrap_or(vec![DifferentArgument])))
}

/// What the announcing instruction must say whatever the text is.
fn misannounced(
    bundle: &Bundle,
    plan: &Plan,
    message: &Message,
    one: &Announcement,
    found: &[Verdict],
) -> Vec<Verdict> {
    let Pins { program, council, vault, number } = &plan.pins;
    let ours =
        message.instructions[one.at + 1..].iter().filter(|one| message.key(one.program) == Some(*program));
    // With one of these found, a count that disagrees is no news.
    let explained = [DifferentProgram, ExtraInstruction, MissingInstruction, Reordered];
    let explained = found.iter().any(|kind| explained.contains(kind));
    let begin = one.rest.and_then(|rest| rest.begin);
    let miscounted = begin.is_some_and(|begin| usize::from(begin.actions) != ours.count());
    let elsewhere = one.rest.is_some_and(|rest| rest.council_tx != bundle.transaction_index);
    let (config, record) = (config_at(program).0, record_at(program, *number).0);
    let begins = [*vault, config, record, *council];
    let fixed = if one.accepts { vec![*vault, config, *council] } else { begins.to_vec() };
    let accounts = &message.instructions[one.at].accounts;
    let right =
        |(at, key): (usize, &Key)| accounts.get(at).and_then(|index| message.key(*index)) == Some(*key);
    let account = (!fixed.iter().enumerate().all(right)).then_some(DifferentAccount);
    account
        .into_iter()
        .chain((elsewhere || (miscounted && !explained)).then_some(DifferentArgument))
        .collect()
}

/// Why an execution could not take effect any more: the first reason.
fn impossible(bundle: &Bundle, plan: &Plan, one: &Announcement) -> Option<Verdict> {
    let Pins { program, vault, number, .. } = &plan.pins;
    let later_than = |last: i64| i128::from(bundle.chain_time.0) > last.into();
    let (config, record) = (&bundle.accounts.config, &bundle.accounts.sip_record);
    if one.accepts {
        // An acceptance leaves no record: the program's Config says whether the hand-over still waits.
        let config = at_home(config, config_at(program).0, program).and_then(|data| read::config(data).ok());
        let Some(config) = config else { return Some(Unreadable) };
        let waits = (config.pending, config.digest, config.sip) == (*vault, one.digest, one.number);
        let late = !waits || later_than(config.expires_at);
        return if config.authority == *vault { Some(AlreadyEnacted) } else { late.then_some(Expired) };
    }
    let begin = one.rest.and_then(|rest| rest.begin);
    let expired = begin.is_some_and(|begin| later_than(begin.not_after)).then_some(Expired);
    if !exists(record) {
        return expired;
    }
    let read = [one.number, *number].into_iter().find_map(|number| {
        let (home, bump) = record_at(program, number);
        let read = read::sip_record(at_home(record, home, program)?).ok()?;
        Some(read).filter(|read| (read.number, read.bump) == (number, bump))
    });
    let Some(read) = read else { return Some(Unreadable) };
    let enacted = read.digest != one.digest
        || begin.is_some_and(|begin| begin.parts != read.parts)
        || one.rest.is_some_and(|rest| read.part >= rest.part);
    if enacted {
        Some(AlreadyEnacted)
    } else {
        expired
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_hyphened() {
        assert_eq!(
            [Match, LookupTablePresent].map(|verdict| verdict.word()),
            ["match", "lookup-table-present"]
        );
    }
}
