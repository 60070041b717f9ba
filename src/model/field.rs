use chrono::NaiveDate;
use thin_vec::ThinVec;

use super::address::Address;
use super::id::Id;
use super::number::{Fraction, Number, Percent, Weight};
use super::table::{Row, Table};
use super::value::{Misfit, Type, Value};
use super::words::{Cadence, Kind, Publish, Status, Visibility};

/// A key's place in a table, whatever its type: what reading fills, editing sets, a diff compares.
pub trait Field {
    /// Returns the value, or `None` where the key is absent.
    fn get(&self) -> Option<Value>;

    /// Puts a value there, or takes the key away; what does not fit leaves it as it was.
    fn set(&mut self, value: Option<Value>) -> Result<(), Misfit>;

    /// Adds an empty row and returns its number from 0, where the key is a list of small tables.
    fn push_row(&mut self) -> Option<usize> {
        None
    }

    /// Returns a row by its number from 0.
    fn row_mut(&mut self, _number: usize) -> Option<&mut dyn Table> {
        None
    }
}

/// What the table of keys says of a field's type.
pub(super) trait FieldType {
    const TYPE: Type;
    const REQUIRED: bool = false;
}

/// One value behind a key.
trait Scalar: Sized {
    const TYPE: Type;
    fn from_value(value: Value) -> Result<Self, Misfit>;
    fn to_value(&self) -> Value;
}

fn misfit(expected: Type, found: &Value) -> Misfit {
    Misfit::Kind {
        expected,
        found: found.describe().to_owned(),
    }
}

impl<T: Scalar> FieldType for Option<T> {
    const TYPE: Type = T::TYPE;
}

impl<T: Scalar> Field for Option<T> {
    fn get(&self) -> Option<Value> {
        self.as_ref().map(Scalar::to_value)
    }

    fn set(&mut self, value: Option<Value>) -> Result<(), Misfit> {
        *self = value.map(T::from_value).transpose()?;
        Ok(())
    }
}

/// Fields that are always there; an absent one is empty, and was reported when the file was read.
macro_rules! required {
    ($($type:ty),*) => {$(
        impl FieldType for $type {
            const TYPE: Type = <$type as Scalar>::TYPE;
            const REQUIRED: bool = true;
        }

        impl Field for $type {
            fn get(&self) -> Option<Value> {
                (*self != Self::default()).then(|| self.to_value())
            }

            fn set(&mut self, value: Option<Value>) -> Result<(), Misfit> {
                *self = Self::from_value(value.ok_or(Misfit::Missing)?)?;
                Ok(())
            }
        }
    )*};
}

required!(String, Id, NaiveDate);

impl Scalar for String {
    const TYPE: Type = Type::Text;

    fn from_value(value: Value) -> Result<Self, Misfit> {
        match value {
            Value::Text(text) => Ok(text),
            other => Err(misfit(<Self as Scalar>::TYPE, &other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl Scalar for Id {
    const TYPE: Type = Type::Id;

    fn from_value(value: Value) -> Result<Self, Misfit> {
        match value {
            Value::Text(text) => Self::new(&text).ok_or(Misfit::Id { found: text }),
            other => Err(misfit(Type::Id, &other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::from(self.as_str())
    }
}

impl Scalar for NaiveDate {
    const TYPE: Type = Type::Date;

    fn from_value(value: Value) -> Result<Self, Misfit> {
        match value {
            Value::Date(date) => Ok(date),
            other => Err(misfit(<Self as Scalar>::TYPE, &other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::Date(*self)
    }
}

impl Scalar for bool {
    const TYPE: Type = Type::Bool;

    fn from_value(value: Value) -> Result<Self, Misfit> {
        match value {
            Value::Bool(bool) => Ok(bool),
            other => Err(misfit(<Self as Scalar>::TYPE, &other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::Bool(*self)
    }
}

fn number(value: Value, expected: Type) -> Result<Number, Misfit> {
    match value {
        Value::Number(number) => Ok(number),
        other => Err(misfit(expected, &other)),
    }
}

impl Scalar for Number {
    const TYPE: Type = Type::Number {
        min: None,
        max: None,
    };

    fn from_value(value: Value) -> Result<Self, Misfit> {
        number(value, Self::TYPE)
    }

    fn to_value(&self) -> Value {
        Value::Number(*self)
    }
}

macro_rules! bounded {
    ($($type:ident: $min:expr, $max:expr;)*) => {$(
        impl Scalar for $type {
            const TYPE: Type = Type::Number { min: $min, max: $max };

            fn from_value(value: Value) -> Result<Self, Misfit> {
                number(value, Self::TYPE).map($type)
            }

            fn to_value(&self) -> Value {
                Value::Number(self.0)
            }
        }
    )*};
}

bounded! {
    Percent: Some(0.0), Some(100.0);
    Fraction: Some(0.0), Some(1.0);
    Weight: Some(0.0), None;
}

macro_rules! word {
    ($($type:ident),*) => {$(
        impl Scalar for $type {
            const TYPE: Type = Type::Word($type::WORDS);

            fn from_value(value: Value) -> Result<Self, Misfit> {
                match value {
                    Value::Text(found) => $type::parse(&found)
                        .ok_or(Misfit::Word { found, words: $type::WORDS }),
                    other => Err(misfit(<Self as Scalar>::TYPE, &other)),
                }
            }

            fn to_value(&self) -> Value {
                Value::from(self.word())
            }
        }
    )*};
}

word!(Status, Kind, Visibility, Cadence, Publish);

/// One item of a list.
trait Item: Scalar {
    const LIST: Type;
}

impl Item for String {
    const LIST: Type = Type::Texts;
}

impl Item for Publish {
    const LIST: Type = Type::Words(Publish::WORDS);
}

impl Item for Address {
    const LIST: Type = Type::Addresses;
}

impl Scalar for Address {
    const TYPE: Type = Type::Id;

    fn from_value(value: Value) -> Result<Self, Misfit> {
        match value {
            Value::Text(found) => found.parse().map_err(|_| Misfit::Address { found }),
            other => Err(misfit(Type::Addresses, &other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }
}

impl<T: Item> FieldType for ThinVec<T> {
    const TYPE: Type = T::LIST;
}

impl<T: Item> Field for ThinVec<T> {
    fn get(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::List(self.iter().map(Scalar::to_value).collect()))
    }

    fn set(&mut self, value: Option<Value>) -> Result<(), Misfit> {
        *self = match value {
            None => Self::new(),
            Some(Value::List(items)) => items
                .into_iter()
                .map(T::from_value)
                .collect::<Result<_, _>>()?,
            Some(other) => return Err(misfit(T::LIST, &other)),
        };
        Ok(())
    }
}

/// Rows, small tables without an id, in a wrapper that compares them as a set would: where a note
/// stands among its fellows says nothing.
#[derive(Debug, Clone)]
pub struct Rows<R>(ThinVec<R>);

impl<R> Default for Rows<R> {
    fn default() -> Self {
        Self(ThinVec::new())
    }
}

impl<R> std::ops::Deref for Rows<R> {
    type Target = ThinVec<R>;

    fn deref(&self) -> &ThinVec<R> {
        &self.0
    }
}

impl<R> std::ops::DerefMut for Rows<R> {
    fn deref_mut(&mut self) -> &mut ThinVec<R> {
        &mut self.0
    }
}

impl<R> From<Vec<R>> for Rows<R> {
    fn from(rows: Vec<R>) -> Self {
        Self(rows.into())
    }
}

impl<R: Ord> PartialEq for Rows<R> {
    fn eq(&self, other: &Self) -> bool {
        if self.0.len() != other.0.len() {
            return false;
        }
        let sorted = |rows: &Self| {
            let mut order: Vec<usize> = (0..rows.len()).collect();
            order.sort_by_key(|at| &rows.0[*at]);
            order
        };
        self.0 == other.0
            || sorted(self)
                .into_iter()
                .zip(sorted(other))
                .all(|(a, b)| self.0[a] == other.0[b])
    }
}

impl<R: Row> FieldType for Rows<R> {
    const TYPE: Type = Type::Rows(R::NAME);
}

impl<R: Row> Field for Rows<R> {
    fn get(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::List(self.iter().map(Row::to_value).collect()))
    }

    fn set(&mut self, value: Option<Value>) -> Result<(), Misfit> {
        self.0 = match value {
            None => ThinVec::new(),
            Some(Value::List(items)) => items
                .into_iter()
                .map(R::from_value)
                .collect::<Result<_, _>>()?,
            Some(other) => return Err(misfit(Self::TYPE, &other)),
        };
        Ok(())
    }

    fn push_row(&mut self) -> Option<usize> {
        // Most lists stay short: room for four where two stand would be a third of a plan.
        if self.0.len() < 4 {
            self.0.reserve_exact(1);
        }
        self.0.push(R::default());
        Some(self.0.len() - 1)
    }

    fn row_mut(&mut self, number: usize) -> Option<&mut dyn Table> {
        self.0.get_mut(number).map(|row| row as &mut dyn Table)
    }
}

/// The levels of rules, by name.
impl FieldType for Vec<(String, String)> {
    const TYPE: Type = Type::Levels;
}

impl Field for Vec<(String, String)> {
    fn get(&self) -> Option<Value> {
        let pairs = self
            .iter()
            .map(|(rule, level)| (rule.clone(), Value::from(level.as_str())));
        (!self.is_empty()).then(|| Value::Table(pairs.collect()))
    }

    fn set(&mut self, value: Option<Value>) -> Result<(), Misfit> {
        let pairs = match value {
            None => Vec::new(),
            Some(Value::Table(pairs)) => pairs,
            Some(other) => return Err(misfit(Type::Levels, &other)),
        };
        let levels = pairs
            .into_iter()
            .map(|(rule, level)| Ok((rule, String::from_value(level)?)));
        *self = levels.collect::<Result<_, Misfit>>()?;
        // Their order says nothing: kept by name, so that equal plans are equal.
        self.sort();
        Ok(())
    }
}
