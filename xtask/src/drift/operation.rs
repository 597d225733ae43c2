//! All findings of one operation's page.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    fixture::{Fixture, Param, Place, examples_named},
    json::Json,
    schema::Schema,
    vendor::{Fixup, Vendor},
};

use super::{
    compare::{Comparison, Disagreement, Fact, Side, twins_in_lists},
    example::{Example, below},
    finding::{Finding, Kind, Part},
    remedy::Sdk,
    rows::{Branch, Row, tree},
};

/// Everything in which a page disagrees with itself. `fixture` is the page as it is, without the vendor's fix-ups; the
/// schema is with them.
pub(super) fn findings(fixture: &Fixture, schema: &Schema) -> Vec<Finding> {
    let name = &fixture.endpoint.operation;
    let Some(operation) = schema
        .operations
        .iter()
        .find(|operation| operation.endpoint.operation == *name)
    else {
        return Vec::new();
    };
    let page = Page {
        fixture,
        vendor: &schema.vendor,
        sdk: Sdk { schema, operation },
    };
    let mut findings: Vec<Finding> = page.slips();
    findings.extend(page.missing());
    findings.extend(page.corrected());
    findings.extend(page.request());
    findings.extend(page.response());
    findings.sort_by(|a, b| (a.line, a.part, a.kind, &a.place).cmp(&(b.line, b.part, b.kind, &b.place)));
    findings.dedup();
    findings
}

struct Page<'a> {
    fixture: &'a Fixture,
    vendor: &'a Vendor,
    sdk: Sdk<'a>,
}

impl Page<'_> {
    fn finding(&self, kind: Kind, part: Part, place: &str, line: Option<usize>, what: String) -> Finding {
        Finding {
            vendor: self.vendor.name.clone(),
            operation: self.fixture.endpoint.operation.clone(),
            kind,
            part,
            place: place.to_owned(),
            what: sentence(&what),
            line,
            detail: String::new(),
        }
    }

    fn worded(&self, one: &Disagreement, pointer: Option<&str>) -> Finding {
        let what = self.sdk.describe(one, pointer);
        let detail = match &one.fact {
            Fact::Type { documented, found, .. } => format!("{documented}: {found}"),
            Fact::Value { value, .. } => value.clone(),
            Fact::Twin { other, .. } => other.clone(),
            Fact::Undocumented | Fact::NotInExample | Fact::Absent { .. } => String::new(),
        };
        Finding {
            detail,
            ..self.finding(one.fact.kind(), one.part, &one.place, one.line, what)
        }
    }

    /// What the page reader had to mend.
    fn slips(&self) -> Vec<Finding> {
        let slips = self
            .fixture
            .page
            .slips
            .iter()
            .filter(|slip| slip.kind != MISSING_PATH && slip.kind != MISSING_METHOD);
        let slips = slips.map(|slip| {
            let (part, place) = slip.place.as_deref().map_or((Part::Table, ""), place_of_slip);
            let does = match &slip.mended {
                Some(mended) => format!("The fixture has it mended: {mended}."),
                None => "Nothing could be made of it; the rest of the page counts.".to_owned(),
            };
            let what = format!(
                "{}: {}. {does}",
                slip.kind.replace('_', " "),
                slip.what.trim_end_matches('.')
            );
            let detail = slip.kind.clone();
            Finding {
                detail,
                ..self.finding(Kind::TableSlip, part, place, Some(slip.line), what)
            }
        });
        slips.collect()
    }

    /// A page that lost its path or its method, and the fix-up that supplies it.
    fn missing(&self) -> Vec<Finding> {
        let endpoint = &self.fixture.endpoint;
        let lost = [
            ("path", MISSING_PATH, endpoint.path.is_none()),
            ("method", MISSING_METHOD, endpoint.method.is_none()),
        ];
        let lost = lost.into_iter().filter(|(_, _, lost)| *lost);
        let findings = lost.map(|(what, slip, _)| {
            let line = self
                .fixture
                .page
                .slips
                .iter()
                .find(|known| known.kind == slip)
                .map(|slip| slip.line);
            let supplies = |fixup: &&Fixup| {
                if what == "path" {
                    fixup.path.is_some()
                } else {
                    fixup.method.is_some()
                }
            };
            let does = match self.fixups().find(supplies) {
                Some(fixup) => format!(
                    "A fix-up in vendor.toml supplies `{}`: {}",
                    fixup
                        .path
                        .as_ref()
                        .filter(|_| what == "path")
                        .or(fixup.method.as_ref())
                        .map_or("", String::as_str),
                    fixup.reason
                ),
                None => format!("No fix-up supplies it: `cargo xtask add --{what} …` does."),
            };
            self.finding(
                Kind::MissingPath,
                Part::Table,
                what,
                line,
                format!("the page does not say the {what}. {does}"),
            )
        });
        findings.collect()
    }

    fn fixups(&self) -> impl Iterator<Item = &Fixup> {
        self.vendor
            .fixup
            .iter()
            .filter(|fixup| fixup.operation == self.fixture.endpoint.operation)
    }

    /// Where a fix-up says otherwise than the page. One that only adds what the page leaves out is no disagreement.
    fn corrected(&self) -> Vec<Finding> {
        let endpoint = &self.fixture.endpoint;
        let mut findings = Vec::new();
        for fixup in self.fixups() {
            for (what, page, ours) in [
                ("path", &endpoint.path, &fixup.path),
                ("method", &endpoint.method, &fixup.method),
            ] {
                if let (Some(page), Some(ours)) = (page, ours) {
                    let what_ = format!(
                        "the page says `{page}`. A fix-up in vendor.toml says `{ours}`: {}",
                        fixup.reason
                    );
                    findings.push(self.finding(Kind::TableSlip, Part::Table, what, None, what_));
                }
            }
            let Some(at) = fixup
                .param
                .as_ref()
                .and_then(|name| endpoint.params.iter().position(|param| param.name == *name))
            else {
                continue;
            };
            let (param, line) = (&endpoint.params[at], self.fixture.page.lines.params.get(at).copied());
            if let (Some(page), Some(ours)) = (&param.kind, &fixup.kind) {
                let what = format!(
                    "documented as `{page}`. A fix-up in vendor.toml makes it `{ours}`: {}",
                    fixup.reason
                );
                findings.push(self.finding(Kind::TypeConflict, Part::Table, &param.name, line, what));
            }
            if let (Some(page), Some(ours)) = (param.required, fixup.required) {
                let word = |required| if required { "required" } else { "optional" };
                let what = format!(
                    "documented as {}. A fix-up in vendor.toml makes it {}: {}",
                    word(page),
                    word(ours),
                    fixup.reason
                );
                findings.push(self.finding(Kind::TableSlip, Part::Table, &param.name, line, what));
            }
        }
        findings
    }

    fn examples<'e>(&self, part: fn(usize) -> Part, values: &'e [Json], stem: &str) -> Vec<Example<'e>> {
        let named = examples_named(stem).zip(values).enumerate();
        let examples = named.map(|(at, (file, value))| {
            let lines = self.fixture.page.examples.iter().find(|known| known.file == file);
            Example::new(part(at + 1), value, lines.map_or(&[][..], |known| &known.lines))
        });
        examples.collect()
    }

    fn request(&self) -> Vec<Finding> {
        let params = &self.fixture.endpoint.params;
        let examples = self.examples(Part::Request, &self.fixture.requests, "request");
        let body = params.iter().any(|param| param.place == Place::Body);
        let place = if body { Place::Body } else { Place::Query };
        let rows = params
            .iter()
            .enumerate()
            .filter(|(_, param)| param.place == place)
            .map(|(at, param)| self.row(at, param));
        let branches = tree(rows);
        let mut found = twins_in_lists(&examples);
        if !branches.is_empty() {
            // A key that another table of the page documents: some examples show all parameters as one object.
            let elsewhere: BTreeSet<&str> = params
                .iter()
                .filter(|param| param.place != place)
                .map(|param| param.name.as_str())
                .collect();
            let placeholder = has_placeholder(&branches);
            let excused = |key: &str| elsewhere.contains(key) || self.is_tenants(key, placeholder);
            // An example may be a list of what the table describes.
            let base = if matches!(examples.first().map(|example| example.value), Some(Json::Array(_))) {
                "/*"
            } else {
                ""
            };
            let table = Comparison {
                side: Side::Request,
                branches: &branches,
                examples: &examples,
                base,
                excused: &excused,
            };
            found.extend(table.run());
        }
        settled(found).iter().map(|one| self.worded(one, None)).collect()
    }

    fn row(&self, at: usize, param: &Param) -> Row {
        // A fix-up that requires a parameter makes its absence from an example a disagreement, too.
        let ruled = self
            .fixups()
            .find(|fixup| fixup.param.as_deref() == Some(&param.name))
            .and_then(|fixup| fixup.required);
        Row {
            name: param.name.clone(),
            kind: param.kind.clone(),
            required: ruled.or(param.required) == Some(true),
            label: param.label.clone(),
            line: self.fixture.page.lines.params.get(at).copied(),
        }
    }

    fn response(&self) -> Vec<Finding> {
        let examples = self.examples(Part::Response, &self.fixture.responses, "response");
        let mut found: Vec<(Disagreement, Option<String>)> =
            twins_in_lists(&examples).into_iter().map(|one| (one, None)).collect();
        let fields = self.fixture.endpoint.fields.iter().enumerate().map(|(at, field)| Row {
            name: field.name.clone(),
            kind: field.kind.clone(),
            required: false,
            label: field.label.clone(),
            line: self.fixture.page.lines.fields.get(at).copied(),
        });
        let answered = self
            .fixture
            .responses
            .iter()
            .any(|answer| self.vendor.envelope.is_success(answer));
        for (base, branches) in self.bases(tree(fields), &examples) {
            let placeholder = has_placeholder(&branches);
            let excused = |key: &str| self.is_tenants(key, placeholder);
            let table = Comparison {
                side: Side::Response,
                branches: &branches,
                examples: &examples,
                base: &base,
                excused: &excused,
            };
            for one in table.run() {
                if one.part == Part::Table && !answered {
                    // Only errors are shown: what a success holds is not to be seen.
                    continue;
                }
                let pointer = (one.part == Part::Table).then(|| pointer_of_row(&base, &one.place));
                found.push((one, pointer));
            }
        }
        let pointers: BTreeMap<String, String> = found
            .iter()
            .filter_map(|(one, pointer)| Some((one.place.clone(), pointer.clone()?)))
            .collect();
        let found = settled(found.into_iter().map(|(one, _)| one).collect());
        found
            .iter()
            .map(|one| self.worded(one, pointers.get(&one.place).map(String::as_str)))
            .collect()
    }

    /// Where the rows of a response table begin: at the envelope, or at the object inside it that has most of the keys
    /// that they begin with. A flat list of remarks may be about several objects.
    fn bases(&self, branches: Vec<Branch>, examples: &[Example<'_>]) -> Vec<(String, Vec<Branch>)> {
        let mut keys: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        let mut order: Vec<String> = Vec::new();
        for spot in examples.iter().flat_map(Example::objects) {
            if !keys.contains_key(&spot.pattern) {
                order.push(spot.pattern.clone());
            }
            keys.entry(spot.pattern)
                .or_default()
                .extend(spot.members.iter().map(|(key, _)| key.as_str()));
        }
        if branches.is_empty() {
            return Vec::new();
        }
        // The shallowest comes first among equals.
        order.sort_by_key(|pattern| pattern.matches('/').count());
        let shares = |pattern: &String| {
            branches
                .iter()
                .filter(|branch| keys[pattern].contains(branch.key.as_str()))
                .count()
        };
        let best = order
            .iter()
            .rev()
            .max_by_key(|pattern| shares(pattern))
            .filter(|pattern| shares(pattern) > 0);
        let Some(best) = best.cloned() else {
            return vec![(String::new(), branches)];
        };
        let flat = branches.iter().all(|branch| branch.children.is_empty()) && !best.is_empty();
        let mut groups: BTreeMap<String, Vec<Branch>> = BTreeMap::new();
        for branch in branches {
            let has = |pattern: &&String| keys[*pattern].contains(branch.key.as_str());
            let elsewhere = || order.iter().find(has).cloned();
            let base = if flat && !has(&&best) {
                elsewhere().unwrap_or_else(|| best.clone())
            } else {
                best.clone()
            };
            groups.entry(base).or_default().push(branch);
        }
        groups.into_iter().collect()
    }

    /// Whether a key is a tenant's own: by the vendor's prefixes, or, where the table says that such keys come, by its
    /// look: `textarea_1680158327352`.
    fn is_tenants(&self, key: &str, placeholder: bool) -> bool {
        let numbered = || {
            key.rsplit_once('_').is_some_and(|(_, mark)| {
                mark.len() >= 6
                    && mark.bytes().all(|byte| byte.is_ascii_hexdigit())
                    && mark.bytes().any(|byte| byte.is_ascii_digit())
            })
        };
        self.vendor.custom_fields.matches(key) || (placeholder && numbered())
    }
}

const MISSING_PATH: &str = "missing_path";
const MISSING_METHOD: &str = "missing_method";

fn has_placeholder(branches: &[Branch]) -> bool {
    branches
        .iter()
        .any(|branch| branch.is_placeholder() || has_placeholder(&branch.children))
}

/// With a capital letter, unless it begins with code.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `response 1 /data/product` is a place in an example, anything else a row.
fn place_of_slip(place: &str) -> (Part, &str) {
    let example = place.split_once(' ').and_then(|(word, rest)| {
        let (number, pointer) = rest.split_once(' ').unwrap_or((rest, ""));
        let number = number.parse().ok()?;
        match word {
            "request" => Some((Part::Request(number), pointer)),
            "response" => Some((Part::Response(number), pointer)),
            _ => None,
        }
    });
    example.unwrap_or((Part::Table, place))
}

/// Where a row that no example shows would stand.
fn pointer_of_row(base: &str, name: &str) -> String {
    let segments = crate::schema::segments(name);
    segments
        .iter()
        .filter(|segment| !segment.is_empty())
        .fold(base.to_owned(), |pointer, segment| below(&pointer, segment))
}

/// A spelling that the table speaks of needs no word from its neighbours, and a twin is not undocumented as well.
fn settled(mut found: Vec<Disagreement>) -> Vec<Disagreement> {
    let places = |wanted: fn(&Fact) -> bool| -> BTreeSet<(Part, String)> {
        found
            .iter()
            .filter(|one| wanted(&one.fact))
            .map(|one| (one.part, one.place.clone()))
            .collect()
    };
    let by_table = places(|fact| matches!(fact, Fact::Twin { row: Some(_), .. }));
    let twins = places(|fact| matches!(fact, Fact::Twin { .. }));
    found.retain(|one| {
        let at = (one.part, one.place.clone());
        match one.fact {
            Fact::Twin { row: None, .. } => !by_table.contains(&at),
            Fact::Undocumented => !twins.contains(&at),
            _ => true,
        }
    });
    found
}
