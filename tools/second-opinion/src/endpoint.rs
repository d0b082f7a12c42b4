//! The accounts of a bundle as the chain has them now, from an endpoint on this computer.
use crate::bundle::{Account, Accounts, Bundle, Bytes, Number};
use crate::key::{config_at, known, proposal_at, record_at, transaction_at, Key};
use crate::read::Cursor;
use serde_json::{json, Value};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

const CLOCK: &str = "SysvarC1ock11111111111111111111111111111111";
const PATIENCE: Duration = Duration::from_secs(20);
const MAX_ANSWER: u64 = 16 * 1024 * 1024;

pub struct Endpoint {
    address: SocketAddr,
    path: String,
}

impl Endpoint {
    /// Without TLS nothing is read that has come through a network.
    pub fn of(url: &str) -> Result<Endpoint, String> {
        let rest = url.strip_prefix("http://").ok_or("an endpoint begins with http://")?;
        let (address, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        // No name is looked up: who asks for one tells others what is being reviewed.
        let address: SocketAddr =
            address.parse().map_err(|_| format!("{address:?} is no IP address with a port"))?;
        if !address.ip().is_loopback() {
            return Err(format!("{address} is not on this computer"));
        }
        Ok(Endpoint { address, path: if path.is_empty() { "/" } else { path }.into() })
    }

    /// Puts the accounts and the time that the chain has into the bundle; gives the chain's genesis hash.
    pub fn refresh(
        &self,
        bundle: &mut Bundle,
        council: &Key,
        program: &Key,
        number: u32,
    ) -> Result<Key, String> {
        let index = bundle.transaction_index;
        let (transaction, proposal) = (transaction_at(council, index).0, proposal_at(council, index).0);
        let (record, config) = (record_at(program, number).0, config_at(program).0);
        let keys = [*council, transaction, proposal, record, config, known(CLOCK)];
        let wanted = json!([keys.map(String::from), { "encoding": "base64", "commitment": "confirmed" }]);
        // One call, so that all of it is of one slot.
        let answer = self.ask("getMultipleAccounts", wanted)?;
        let list = answer["value"].as_array().filter(|list| list.len() == keys.len());
        let read = list.ok_or("it answers with other accounts")?.iter().zip(keys).map(account);
        let mut read = read.collect::<Result<Vec<_>, String>>()?;
        let clock = read.pop().flatten().ok_or("it has no clock")?;
        // Slot, start of the Solana epoch, two epoch numbers; then unix seconds.
        let time =
            Cursor::new(clock.data.0.get(32..).unwrap_or_default()).u64().map_err(|_| "it has no time")?;
        let mut next = read.into_iter();
        let mut take = || next.next().flatten();
        let (multisig, transaction, proposal) = (take(), take(), take());
        bundle.accounts = Accounts { multisig, transaction, proposal, sip_record: take(), config: take() };
        bundle.chain_time = Number(time);
        let genesis = self.ask("getGenesisHash", json!([]))?;
        Key::try_from(genesis.as_str().unwrap_or_default().to_string())
    }

    fn ask(&self, method: &str, params: Value) -> Result<Value, String> {
        let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
        let answer = self.post(&body).map_err(|error| format!("{}: {error}", self.address))?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or("it does not answer in HTTP")?;
        let status = head.split(' ').nth(1).unwrap_or_default();
        let mut json: Value =
            serde_json::from_str(body).map_err(|_| format!("it answers {status}, without JSON"))?;
        match json["result"].take() {
            Value::Null => Err(format!("it answers {status}, without a result: {}", json["error"])),
            result if status == "200" && json["id"] == 1 => Ok(result),
            _ => Err(format!("it answers {status}, to another question")),
        }
    }

    /// HTTP/1.0: the answer ends with the connection, and has no chunks.
    fn post(&self, body: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let Endpoint { address, path } = self;
        let length = body.len();
        let head = format!("POST {path} HTTP/1.0\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n");
        stream.write_all((head + body).as_bytes())?;
        let mut answer = String::new();
        stream.take(MAX_ANSWER).read_to_string(&mut answer)?;
        Ok(answer)
    }
}

fn account((found, address): (&Value, Key)) -> Result<Option<Account>, String> {
    if found.is_null() {
        return Ok(None);
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let data = Bytes::try_from(text(&found["data"][0])).map_err(|error| error.to_string())?;
    if found["data"][1] != "base64" {
        return Err("it answers in another encoding".into());
    }
    Ok(Some(Account { address, owner: Key::try_from(text(&found["owner"]))?, data }))
}
