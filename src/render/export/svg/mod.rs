//! Pictures of where a plan stands: a badge for a README, and a summary that fills one slide. Each is
//! complete in itself, without script, font or picture from elsewhere, and told in words as well.

mod badge;
mod summary;

pub use badge::badge;
pub use summary::summary;
