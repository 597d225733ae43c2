//! What `add` and `refresh` cost a user, by the number of pages: the binary itself, on generated pages of three layouts.
//!
//! `cargo bench -p xtask` measures an optimised build, `cargo bench -p xtask --profile dev` what `cargo xtask` runs.
//! Fails when 1,000 pages take more than 5 seconds, or when twice the pages take much more than twice the time.

use std::{
    error::Error,
    fmt::Write as _,
    fs, io,
    path::Path,
    process::{Command, ExitCode, Stdio},
    time::{Duration, Instant},
};

use nix::sys::resource::{UsageWho, getrusage};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const VENDOR: &str = "\
name = \"bench\"
title = \"Bench\"
crate = \"crm-bench-pages\"
[envelope]
code = \"code\"
message = \"message\"
data = \"data\"
ok = \"0\"
";

/// Counts of pages; each is twice the one before.
const SIZES: [usize; 4] = [125, 250, 500, 1000];

/// The most that 1,000 pages may take.
const LIMIT: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    // `cargo test --benches` asks whether it runs, not how fast.
    let sizes = if std::env::args().any(|argument| argument == "--bench") {
        &SIZES[..]
    } else {
        &[20]
    };
    match measure(sizes) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(sizes: &[usize]) -> Result<bool> {
    println!(
        "{:>6}  {:>12}  {:>12}  {:>12}  {:>12}",
        "pages", "add, CPU", "refresh, CPU", "refresh again", "drift"
    );
    let mut refreshed = Vec::new();
    for &pages in sizes {
        let root = tempfile::tempdir()?;
        write_pages(root.path(), pages)?;
        let files = (0..pages).map(|at| format!("pages/{}.txt", name(at)));
        let add = run(
            root.path(),
            ["add", "--vendor", "bench", "--fixtures", "fixtures"]
                .map(str::to_owned)
                .into_iter()
                .chain(files),
        )?;
        let refresh = || run(root.path(), ["refresh", "--root", "."].map(str::to_owned));
        let (first, again) = (refresh()?, refresh()?);
        let drift = run(root.path(), ["drift", "--root", "."].map(str::to_owned))?;
        println!("{pages:>6}  {add:>12.2?}  {first:>12.2?}  {again:>12.2?}  {drift:>12.2?}");
        refreshed.push(first);
    }
    let mut fine = true;
    if let [.., before, last] = refreshed.as_slice() {
        let factor = last.as_secs_f64() / before.as_secs_f64();
        println!("refresh of twice the pages takes {factor:.2} times as long");
        fine = factor < 2.6 && *last < LIMIT;
        if !fine {
            println!("too slow: {last:.2?} for {} pages", SIZES[SIZES.len() - 1]);
        }
    }
    Ok(fine)
}

/// Runs the command and gives the CPU time that it took.
fn run(root: &Path, arguments: impl IntoIterator<Item = String>) -> Result<Duration> {
    let (before, begun) = (children()?, Instant::now());
    let arguments: Vec<String> = arguments.into_iter().collect();
    let status = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(&arguments)
        .current_dir(root)
        .stdout(Stdio::null())
        .status()?;
    if !status.success() {
        return Err(io::Error::other(format!(
            "`xtask {}` failed",
            arguments.first().map_or("", String::as_str)
        ))
        .into());
    }
    let took = children()?.checked_sub(before).unwrap_or_default();
    // Where the clock of the system is coarse, no CPU time is shown at all.
    Ok(if took.is_zero() { begun.elapsed() } else { took })
}

/// The CPU time of all commands so far.
fn children() -> Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let (user, system) = (usage.user_time(), usage.system_time());
    let micros = (user.tv_sec() + system.tv_sec()) * 1_000_000 + user.tv_usec() + system.tv_usec();
    Ok(Duration::from_micros(u64::try_from(micros)?))
}

const NOUNS: [&str; 12] = [
    "customer", "contact", "lead", "order", "invoice", "product", "ticket", "contract", "payment", "visit", "quote",
    "task",
];
const KEYS: [&str; 12] = [
    "name", "note", "status", "amount", "owner_id", "source", "phone", "email", "city_id", "level", "remark", "kind",
];

fn name(at: usize) -> String {
    format!("{}_{at}_update", NOUNS[at % NOUNS.len()])
}

fn write_pages(root: &Path, pages: usize) -> Result<()> {
    fs::create_dir_all(root.join("fixtures/bench"))?;
    fs::create_dir_all(root.join("pages"))?;
    fs::write(root.join("fixtures/bench/vendor.toml"), VENDOR)?;
    for at in 0..pages {
        fs::write(root.join("pages").join(format!("{}.txt", name(at))), page(at)?)?;
    }
    Ok(())
}

/// A page with a table of a dozen parameters, a request, an answer of some forty lines and an error.
fn page(at: usize) -> Result<String> {
    let noun = NOUNS[at % NOUNS.len()];
    let mut text = String::new();
    match at % 3 {
        0 => {
            writeln!(
                text,
                "简要描述:\n- 更新{noun}{at}\n请求URL:\n/api/v2/{noun}s/{at}/:id\n请求方式:\n- PUT\n请求参数:"
            )?;
            writeln!(text, "字段名 | 是否必填 | 描述 |\n---|---|---|")?;
            for key in KEYS {
                writeln!(text, "{noun}[{key}_{at}] | false | 字段{key} |")?;
            }
        }
        1 => {
            writeln!(
                text,
                "更新{noun}{at}\nPOST https://api.example.com/{noun}/v1/update{at}\nContent-Type: application/json"
            )?;
            writeln!(text, "请求参数名 | 类型 | 说明 | 是否必须 |\n---|---|---|---|")?;
            writeln!(text, "{noun} | Object | 对象 | true |")?;
            for key in KEYS {
                writeln!(text, "{noun}.{key}_{at} | String | 字段{key} | false |")?;
            }
        }
        _ => {
            writeln!(
                text,
                "更新{noun}{at}\n\n请求地址\n\n/api/{noun}/update{at}\n\n请求方法\n\nPOST\n\n输入信息\n"
            )?;
            writeln!(
                text,
                "| 字段 | 类型 | 必填 | 说明 |\n| --- | --- | --- | --- |\n| {noun} | object | 是 | 对象 |"
            )?;
            for key in KEYS {
                writeln!(text, "| {noun}.{key}_{at} | string | 否 | 字段{key} |")?;
            }
        }
    }
    writeln!(
        text,
        "\n请求示例\n{{\"{noun}\": {{\"name_{at}\": \"甲\", \"note_{at}\": \"乙\"}}}}\n\n返回示例\n{{\n  \"code\": 0,\n  \"data\": {{"
    )?;
    writeln!(text, "    \"id\": {at},")?;
    for key in KEYS {
        writeln!(text, "    \"{key}_{}\": \"值{at}\",", at % 40)?;
    }
    writeln!(
        text,
        "    \"detail_{at}\": {{\"id\": 1, \"rows_{at}\": [{{\"x\": 1, \"y\": \"2\"}}, {{\"x\": 2, \"y\": \"3\"}}]}},"
    )?;
    writeln!(
        text,
        "    \"user\": {{\"id\": 7, \"name\": \"张三\", \"phone\": \"13800000000\", \"created_at\": \"2024-01-02 10:00\"}},"
    )?;
    writeln!(
        text,
        "    \"address\": {{\"id\": 9, \"tel\": \"\", \"lng\": 0.0, \"lat\": 0.0}}\n  }},\n  \"message\": \"\"\n}}"
    )?;
    writeln!(text, "\n错误示例\n{{\"code\": 10001, \"message\": \"系统未知错误\"}}")?;
    Ok(text)
}
