use crate::model::Status;
use crate::render::look::Look;

/// Returns values from 0 to 100 as a line, a column each; only what is reached fills its column, and
/// where there is no value the column is empty.
pub(super) fn line(values: impl IntoIterator<Item = Option<f64>>, look: Look) -> String {
    let levels: &[char] = if look.ascii {
        &['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '#']
    } else {
        &['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']
    };
    let columns = values.into_iter().map(|value| match value {
        Some(value) => levels[level(value, levels.len() - 1)],
        None => ' ',
    });
    columns.collect()
}

/// Returns statuses as a line, a sign each.
pub(super) fn signs(statuses: impl IntoIterator<Item = Option<Status>>, look: Look) -> String {
    let signs = statuses.into_iter().map(|status| match status {
        Some(status) => look.sign(status),
        None => " ",
    });
    signs.collect()
}

/// Returns how many of so many steps a percentage has gone, rounded down.
pub(super) fn level(percent: f64, steps: usize) -> usize {
    // What sums of fractions lose in their last digits does not cost a step.
    let level = (percent + 1e-9).clamp(0.0, 100.0) / 100.0 * steps as f64;
    #[expect(clippy::cast_sign_loss, reason = "held between 0 and the steps")]
    let level = level as usize;
    level.min(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_reached_fills_its_column() {
        let values = [0.0, 14.2, 14.3, 50.0, 99.99, 100.0];
        let all = || values.into_iter().map(Some).chain([None, Some(0.0)]);
        let look = |ascii| Look {
            width: None,
            color: false,
            ascii,
        };
        assert_eq!(line(all(), look(false)), "▁▁▂▄▇█ ▁");
        assert_eq!(line(all(), look(true)), "01159# 0");
    }
}
