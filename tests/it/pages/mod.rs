//! The pages for a browser, as far as that needs none: what may run in them, the folder they are
//! written into, and how they are opened.

#[cfg(unix)]
mod opening;
mod policy;
mod site;
mod words;
