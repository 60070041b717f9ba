//! The plan as pages for a browser: complete in themselves, with no script that they need, nothing
//! fetched from anywhere, and a policy that forbids both.
//!
//! The templates beside this escape whatever they show; what is a link is decided here.

mod bar;
mod beside;
mod changes;
mod escape;
mod feed;
mod frame;
mod history;
mod key_result;
mod line;
mod link;
mod next;
mod page;
mod theme;

pub use escape::Shown;
pub use feed::feed;
pub use frame::Place;
pub use history::history;
pub use page::{Setting, page};
