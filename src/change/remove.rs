use super::Refusal;
use super::editor::Editor;
use super::layout::{is_blank, line_start, next_line};
use crate::document::path_of;
use crate::model::Address;

impl Editor<'_> {
    /// Takes a table away, with all that stands below it.
    pub(super) fn remove(&mut self, at: &Address) -> Result<(), Refusal> {
        if at.id().is_none() {
            return Err(Refusal::Fixed { at: at.clone() });
        }
        if self.document.plan.table(at).is_none() {
            return Err(Refusal::Missing { at: at.clone() });
        }
        self.remove_path(&path_of(at));
        Ok(())
    }

    /// Takes sections away, each with the comment block above its header and the blank lines after
    /// it.
    pub(super) fn remove_sections(&mut self, sections: &[usize]) {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for section in sections {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == *section => *last = *section,
                _ => runs.push((*section, *section)),
            }
        }
        for (first, last) in runs {
            self.remove_run(first, last);
        }
    }

    fn remove_run(&mut self, first: usize, last: usize) {
        let text = self.text;
        let mut start = self.lead(first);
        let mut end = self.content_end(last);
        let is_last = last + 1 == self.document.sections.len();
        if is_last {
            while start > line_start(text, 0) && is_blank(text, start - 1) {
                start = line_start(text, start - 1);
            }
            self.remove_lines(start, end);
            return;
        }
        let limit = self.lead(last + 1);
        while end < limit && is_blank(text, end) {
            end = next_line(text, end);
        }
        self.splice(start, end.min(limit), "");
    }
}
