use super::key::Key;

/// A line of text that is being typed, with the place in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    text: String,
    /// How many bytes stand before the cursor.
    at: usize,
}

impl Entry {
    /// Returns the text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns what stands before the cursor.
    pub(super) fn before(&self) -> &str {
        &self.text[..self.at]
    }

    /// Takes a key; returns whether it means anything here.
    pub(super) fn key(&mut self, key: Key) -> bool {
        let before = self.before().chars().next_back().map_or(0, char::len_utf8);
        let after = self.text[self.at..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        match key {
            Key::Char(c) => {
                self.text.insert(self.at, c);
                self.at += c.len_utf8();
            }
            Key::Backspace => {
                self.at -= before;
                self.text.drain(self.at..self.at + before);
            }
            Key::Delete => _ = self.text.drain(self.at..self.at + after),
            Key::Left => self.at -= before,
            Key::Right => self.at += after,
            Key::Home | Key::Control('a') => self.at = 0,
            Key::End | Key::Control('e') => self.at = self.text.len(),
            Key::Control('u') => {
                self.text.drain(..self.at);
                self.at = 0;
            }
            Key::Control('w') => {
                let kept = self.before().trim_end();
                let kept = kept.rfind(' ').map_or(0, |space| space + 1);
                self.text.drain(kept..self.at);
                self.at = kept;
            }
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_typed_as_anywhere() {
        let mut entry = Entry::default();
        for c in "für die".chars() {
            assert!(entry.key(Key::Char(c)));
        }
        for key in [
            Key::Control('w'),
            Key::Char('ä'),
            Key::Home,
            Key::Delete,
            Key::Right,
            Key::Backspace,
            Key::Backspace,
            Key::End,
            Key::Left,
            Key::Char('x'),
        ] {
            assert!(entry.key(key), "{key:?}");
        }
        assert_eq!((entry.text(), entry.before()), ("r xä", "r x"));
        assert!(!entry.key(Key::Enter));
    }
}
