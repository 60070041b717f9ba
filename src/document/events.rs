//! How the parser's events become a body.

use toml_parser::ErrorSink;
use toml_parser::decoder::Encoding;
use toml_parser::parser::EventReceiver;

use super::body::{Body, Node, NodeKind, Segment};
use super::syntax::{Modern, place};
use crate::text::Span;

impl Body {
    fn push(&mut self, kind: NodeKind, span: toml_parser::Span, encoding: Option<Encoding>) {
        self.after_comma = None;
        let at = self.nodes.len() as u32;
        let (key, eq) = match self.pending.take() {
            Some(key) => (key, self.pending_eq),
            None => ((0, 0), Span::default()),
        };
        self.nodes.push(Node {
            kind,
            span: place(span),
            key,
            eq,
            end: at + 1,
            encoding,
        });
        if kind != NodeKind::Scalar {
            self.open.push(at as usize);
        }
    }

    fn close(&mut self, span: toml_parser::Span) {
        if let Some(open) = self.open.pop() {
            let end = self.nodes.len() as u32;
            let node = &mut self.nodes[open];
            node.end = end;
            node.span.end = span.end() as u32;
        }
    }

    fn in_inline(&self) -> bool {
        self.open
            .last()
            .is_some_and(|open| self.nodes[*open].kind == NodeKind::Inline)
    }
}

impl EventReceiver for Body {
    fn std_table_open(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.header_span = place(span);
        self.in_header = true;
    }

    fn std_table_close(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.header_span = self.header_span.join(place(span));
        self.in_header = false;
    }

    fn array_table_open(&mut self, span: toml_parser::Span, error: &mut dyn ErrorSink) {
        self.is_row = true;
        self.std_table_open(span, error);
    }

    fn array_table_close(&mut self, span: toml_parser::Span, error: &mut dyn ErrorSink) {
        self.std_table_close(span, error);
    }

    fn inline_table_open(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) -> bool {
        self.push(NodeKind::Inline, span, None);
        true
    }

    fn inline_table_close(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        let comma = self.after_comma.take();
        self.modern
            .extend(comma.map(|comma| (comma, Modern::InlineTable)));
        self.close(span);
    }

    fn array_open(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) -> bool {
        self.push(NodeKind::Array, span, None);
        true
    }

    fn array_close(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.after_comma = None;
        self.close(span);
    }

    fn simple_key(
        &mut self,
        span: toml_parser::Span,
        encoding: Option<Encoding>,
        _: &mut dyn ErrorSink,
    ) {
        self.after_comma = None;
        let segment = Segment {
            span: place(span),
            encoding,
        };
        if self.in_header {
            self.header.push(segment);
            return;
        }
        let at = self.segments.len() as u32;
        self.segments.push(segment);
        self.pending = Some(match self.pending {
            Some((start, _)) => (start, at + 1),
            None => (at, at + 1),
        });
    }

    fn key_val_sep(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.pending_eq = place(span);
    }

    fn scalar(
        &mut self,
        span: toml_parser::Span,
        encoding: Option<Encoding>,
        _: &mut dyn ErrorSink,
    ) {
        self.push(NodeKind::Scalar, span, encoding);
    }

    fn value_sep(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.pending = None;
        self.after_comma = self.in_inline().then(|| place(span));
    }

    fn newline(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        if self.in_inline() {
            self.modern.push((place(span), Modern::InlineTable));
        }
        if self.open.is_empty() {
            self.pending = None;
            self.in_header = false;
        }
    }
}
