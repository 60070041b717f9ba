use serde::ser::{SerializeMap as _, SerializeSeq as _};
use serde::{Serialize, Serializer};

use super::key_result::Figure;
use crate::model::{Table, TableName, Type, Value};

/// A table of the plan as the file has it: every key the format knows, `null` where it is absent.
pub(super) struct Keys<'a>(pub &'a dyn Table);

/// Returns the value of a key as JSON: `null` where it is absent, but an absent list as an empty one.
pub fn value(takes: Type, value: Option<&Value>) -> serde_json::Value {
    let json = match value {
        Some(value) => serde_json::to_value(Behind(takes, value)),
        None if takes.is_list() => Ok(serde_json::Value::Array(Vec::new())),
        None => Ok(serde_json::Value::Null),
    };
    // Nothing a key takes is without a form in JSON.
    json.unwrap_or_default()
}

struct Behind<'a>(Type, &'a Value);

impl Serialize for Keys<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (number, key) in self.0.name().keys().iter().enumerate() {
            let value = self.0.field(number).get();
            match &value {
                Some(value) => map.serialize_entry(key.name, &Behind(key.takes, value))?,
                None if key.takes.is_list() => map.serialize_entry(key.name, &[(); 0])?,
                None => map.serialize_entry(key.name, &())?,
            }
        }
        map.end()
    }
}

impl Serialize for Behind<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.1 {
            Value::Text(text) if self.0 == Type::Rows(TableName::Link) => {
                // A text alone stands for a link's address.
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("name", &())?;
                map.serialize_entry("url", text)?;
                map.end()
            }
            Value::Text(text) => serializer.serialize_str(text),
            Value::Number(number) => Figure(*number).serialize(serializer),
            Value::Bool(is) => serializer.serialize_bool(*is),
            Value::Date(day) => serializer.collect_str(day),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&Behind(self.0, item))?;
                }
                list.end()
            }
            Value::Table(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, &Behind(Type::Text, value))?;
                }
                map.end()
            }
            Value::Other(_) => serializer.serialize_none(),
        }
    }
}
