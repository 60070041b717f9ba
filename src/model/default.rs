use super::number::Number;
use super::table::TableName;
use super::value::Value;
use super::words::{Kind, Status, Visibility};

impl TableName {
    /// Returns what it means that a key of this table is absent, where that is the same in every
    /// plan: a key result without `status` is not started.
    pub fn default_of(self, key: &str) -> Option<Value> {
        Some(match (self, key) {
            (Self::KeyResult, "status") => Value::from(Status::NotStarted.word()),
            (Self::KeyResult, "kind") => Value::from(Kind::Committed.word()),
            (_, "visibility") => Value::from(Visibility::Public.word()),
            (_, "weight") | (Self::Plan, "format") => Value::Number(Number::Integer(1)),
            (Self::KeyResult, "ongoing") | (Self::Milestone, "done") => Value::Bool(false),
            (Self::Check, "coach") => Value::Bool(true),
            (Self::KeyResult, "baseline") => Value::Number(Number::Integer(0)),
            _ => return None,
        })
    }
}
