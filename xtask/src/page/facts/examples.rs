//! Examples: whose they are, by their heading, their keys and their place.

use super::{Fact, Facts, Found};
use crate::fixture::Slip;
use crate::json::Json;
use crate::page::address;
use crate::page::block::Example;
use crate::page::curl::Curl;
use crate::page::heading::{Section, Side};

impl Facts {
    pub(super) fn example(&mut self, example: Example) {
        self.title.closed = true;
        let Some(side) = self.side_of_example(&example.json.value) else {
            return;
        };
        self.place.examples += 1;
        let name = match side {
            Side::Request => format!("request {}", self.requests.len() + 1),
            Side::Response => format!("response {}", self.responses.len() + 1),
        };
        for (slip, line) in example.json.slips.iter().zip(&example.slip_lines) {
            self.slips.push(Slip {
                line: *line,
                kind: slip.kind.to_owned(),
                place: Some(format!("{name} {}", slip.pointer).trim_end().to_owned()),
                what: slip.what.clone(),
                mended: Some(slip.mended.to_owned()),
            });
        }
        self.push_example(
            side,
            Found {
                json: example.json.value,
                lines: example.lines,
            },
        );
    }

    fn push_example(&mut self, side: Side, found: Found) {
        match side {
            Side::Request => self.requests.push(found),
            Side::Response => self.responses.push(found),
        }
    }

    pub(super) fn curl(&mut self, curl: Curl) {
        self.title.closed = true;
        if let Some(found) = curl.url.as_deref().and_then(address::address) {
            self.set_address(found);
        }
        if self.method.is_none() {
            self.method = curl.method.as_deref().and_then(address::method).map(str::to_owned);
        }
        if let Some((json, lines)) = curl.body {
            self.push_example(Side::Request, Found { json, lines });
            self.place.examples += 1;
        }
        self.place.side = self.place.side.or(Some(Side::Request));
    }

    /// Nothing for a piece of JSON among remarks.
    fn side_of_example(&self, json: &Json) -> Option<Side> {
        let answer = is_answer(json) && !self.speaks_of_params(json);
        match self.place.section {
            Some(Section::Example(Some(Side::Request))) if self.place.examples > 0 && answer => Some(Side::Response),
            Some(Section::Example(Some(side)) | Section::Rows(Some(side @ Side::Response), _)) => Some(side),
            Some(Section::Aside) if !self.speaks_of_params(json) => answer.then_some(Side::Response),
            _ if answer => Some(Side::Response),
            _ if self.speaks_of_params(json) => Some(Side::Request),
            _ => Some(self.place.side.unwrap_or(Side::Request)),
        }
    }

    /// Half or more of the keys are request parameters, and no more of them are response fields.
    fn speaks_of_params(&self, json: &Json) -> bool {
        let Json::Object(members) = json else { return false };
        let known = known_keys(members, &self.params);
        known > 0 && known * 2 >= members.len() && known >= known_keys(members, &self.fields)
    }
}

/// How many of the keys have a row.
fn known_keys(members: &[(String, Json)], rows: &[Fact]) -> usize {
    let root = |row: &Fact, key: &str| row.name.split(['.', '[']).next() == Some(key);
    members
        .iter()
        .filter(|(key, _)| rows.iter().any(|row| root(row, key)))
        .count()
}

/// An envelope: a code or a success flag, next to a message or data.
fn is_answer(json: &Json) -> bool {
    let Json::Object(members) = json else { return false };
    let any = |names: &[&str]| {
        members
            .iter()
            .filter(|(key, _)| names.contains(&key.to_lowercase().as_str()))
            .count()
    };
    let codes = any(&[
        "code",
        "errcode",
        "errorcode",
        "error_code",
        "ret",
        "retcode",
        "ret_code",
        "status",
        "statuscode",
        "status_code",
        "success",
        "issuccess",
        "resultcode",
        "result_code",
        "returncode",
        "return_code",
        "flag",
        "state",
        "errno",
        "err_no",
        "succ",
        "ok",
    ]);
    let rest = any(&[
        "msg",
        "message",
        "errmsg",
        "errormsg",
        "error_msg",
        "errormessage",
        "error_message",
        "desc",
        "data",
        "result",
        "error",
        "trace_id",
        "traceid",
        "requestid",
        "request_id",
        "info",
        "retmsg",
        "ret_msg",
        "errdesc",
        "response",
        "returnmsg",
        "resultmsg",
        "logid",
        "timestamp",
        "total",
    ]);
    codes + rest >= 2 && codes > 0
}
