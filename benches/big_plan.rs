//! Writes the plan that is measured: `cargo run --release --example big-plan -- 100000 > okrs.toml`

use std::io::Write as _;

mod plan;

fn main() -> anyhow::Result<()> {
    use anyhow::Context as _;

    let wanted = std::env::args().nth(1);
    let key_results = wanted
        .and_then(|wanted| wanted.parse().ok())
        .with_context(|| format!("how many key results? (to be looked at on {})", plan::TODAY))?;
    let text = plan::text(key_results);
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
