use super::{GAP, Table};
use crate::text::width;

impl Table {
    /// Returns how wide each column that is shown is to be.
    pub(super) fn widths(&self, limit: Option<usize>) -> Vec<usize> {
        let mut natural = vec![0; self.shown.len()];
        // Nothing stands behind the last column: without a limit it is as wide as it comes.
        let measured = match limit {
            Some(_) => natural.len(),
            None => natural.len().saturating_sub(1),
        };
        for row in self.rows() {
            for (widest, column) in natural[..measured].iter_mut().zip(&self.shown) {
                let (text, _) = self.cell(row, *column);
                let lines = text.split('\n').map(width);
                *widest = lines.max().unwrap_or(0).max(*widest);
            }
        }
        if let Some(limit) = limit {
            self.fit(&mut natural, limit);
        }
        natural
    }

    /// Makes columns narrower that give way, until all fit.
    fn fit(&self, widths: &mut [usize], limit: usize) {
        let gaps = GAP * widths.len().saturating_sub(1) + self.indent;
        let gives_way = |at: &usize| self.columns[self.shown[*at]].is_flexible;
        let (mut flexible, fixed): (Vec<usize>, Vec<usize>) =
            (0..widths.len()).partition(gives_way);
        let sum = |of: &[usize]| of.iter().map(|at| widths[*at]).sum::<usize>();
        let mut room = limit.saturating_sub(gaps + sum(&fixed));
        if sum(&flexible) <= room {
            return;
        }
        // The narrow ones keep what they want while it is less than an even share.
        flexible.sort_by_key(|at| widths[*at]);
        let mut left = flexible.len();
        for at in flexible {
            let share = (room / left).max(8).min(widths[at]);
            widths[at] = share;
            room = room.saturating_sub(share);
            left -= 1;
        }
    }
}
