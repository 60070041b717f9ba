use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal as _, Read, Write};
use std::path::PathBuf;

use anyhow::Context as _;
use chrono::NaiveDate;

use super::open::Browser;
use super::past::{self, Moment};
use super::{ColorWhen, Global, completion, day};
use crate::git::Signing;
use crate::render::{self, Look};
use crate::text::printable;

/// Everything around a command that is not in its arguments or its plan: read once, passed on.
pub struct World {
    /// The command's words, the program's name first.
    pub args: Vec<OsString>,
    /// The day; the clock is asked for it only where nobody names one.
    pub today: NaiveDate,
    /// The plan file, where one is named: by an option, else by `LOTI_FILE`.
    pub file: Option<OsString>,
    /// The plan as it stood, where `--at` asks for that.
    pub(super) at: Option<Moment>,
    /// The folder the command was given in.
    pub folder: PathBuf,
    /// What the environment says of who commits.
    pub(super) signing: Signing,
    /// The user's editor, as the environment names it.
    pub editor: Option<OsString>,
    /// The user's browser, as the environment tells.
    pub(super) browser: Browser,
    /// Where a program keeps what it was in the middle of, as the environment names it.
    pub state: Option<PathBuf>,
    /// How answers are to look.
    pub look: Look,
    /// Whether this is a machine that builds and checks, and nobody's desk.
    pub(super) is_ci: bool,
    /// Whether only what was asked for is said.
    pub quiet: bool,
    /// The shell that asks how the line can go on, instead of running it.
    pub(super) completing: Option<String>,
    /// Where words come from and go to.
    pub streams: Streams,
    env: Environment,
}

/// Where a command reads and writes.
pub struct Streams {
    /// Standard input.
    pub input: Box<dyn Read>,
    /// The answer.
    pub out: Box<dyn Write>,
    /// The conversation.
    pub err: Box<dyn Write>,
    /// Whether somebody sits at the input and the conversation.
    pub is_interactive: bool,
    /// Whether the conversation may be coloured.
    pub err_colors: bool,
}

/// What the environment says of colour, width and letters.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, Default)]
struct Environment {
    no_color: bool,
    force_color: bool,
    is_dumb: bool,
    out_is_terminal: bool,
    err_is_terminal: bool,
    columns: Option<usize>,
    is_utf8: bool,
    today: Option<OsString>,
}

impl World {
    /// Reads the world of this process.
    pub fn of_process() -> anyhow::Result<Self> {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is = |name: &str, value: &str| std::env::var_os(name).is_some_and(|is| is == value);
        let word = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let out_is_terminal = io::stdout().is_terminal();
        let err_is_terminal = io::stderr().is_terminal();
        let env = Environment {
            no_color: set("NO_COLOR"),
            force_color: set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0"),
            is_dumb: is("TERM", "dumb"),
            out_is_terminal,
            err_is_terminal,
            columns: out_is_terminal
                .then(|| terminal_size::terminal_size().map(|(columns, _)| columns.0 as usize))
                .flatten(),
            is_utf8: speaks_utf8(),
            today: std::env::var_os("LOTI_TODAY").filter(|today| !today.is_empty()),
        };
        Ok(Self {
            args: std::env::args_os().collect(),
            today: NaiveDate::default(),
            at: None,
            // An empty one was taken back.
            file: std::env::var_os("LOTI_FILE").filter(|file| !file.is_empty()),
            folder: std::env::current_dir().context("the current folder cannot be read")?,
            signing: Signing {
                author_name: word("GIT_AUTHOR_NAME"),
                author_email: word("GIT_AUTHOR_EMAIL"),
                email: word("EMAIL"),
            },
            editor: ["VISUAL", "EDITOR"]
                .into_iter()
                .filter_map(std::env::var_os)
                .find(|editor| !editor.is_empty()),
            browser: Browser::of_environment(|name| std::env::var_os(name)),
            state: state_folder(),
            look: Look {
                width: None,
                color: false,
                ascii: false,
            },
            is_ci: set("CI") && !is("CI", "false"),
            quiet: false,
            completing: word(completion::VARIABLE),
            streams: Streams {
                input: Box::new(io::stdin()),
                out: Box::new(BufWriter::with_capacity(1 << 16, io::stdout())),
                err: Box::new(io::stderr()),
                is_interactive: io::stdin().is_terminal() && err_is_terminal,
                err_colors: err_is_terminal && !set("NO_COLOR"),
            },
            env,
        })
    }

    /// Takes the options that every command has into account.
    pub(super) fn settle(&mut self, global: &Global) -> anyhow::Result<()> {
        if let Some(file) = &global.file {
            self.file = Some(file.into());
        }
        self.quiet = global.quiet;
        let env = &self.env;
        let color = |is_terminal: bool| match global.color {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto => !env.no_color && (env.force_color || (is_terminal && !env.is_dumb)),
        };
        self.streams.err_colors = color(env.err_is_terminal);
        self.look = Look {
            width: global
                .width
                .or(env.columns)
                .map(|columns| columns.clamp(40, 400)),
            color: color(env.out_is_terminal),
            ascii: !env.is_utf8,
        };
        if let Some(when) = &global.at {
            let moment = past::moment(self, when)?;
            self.say(&moment.describe());
            self.at = Some(moment);
        }
        self.today = self.day_to_look_from(global)?;
        Ok(())
    }

    /// Returns the day that is named, else the one that `--at` looks back to, else the clock's.
    pub(super) fn day_to_look_from(&self, global: &Global) -> anyhow::Result<NaiveDate> {
        if let Some(today) = global.today {
            return Ok(today);
        }
        if let Some(word) = &self.env.today {
            return day(&word.to_string_lossy())
                .map_err(|expected| anyhow::anyhow!("LOTI_TODAY: {expected}"));
        }
        let past = self.at.as_ref().map(|moment| moment.day);
        Ok(past.unwrap_or_else(|| chrono::Local::now().date_naive()))
    }

    /// Returns how the conversation is to look.
    pub fn err_look(&self) -> Look {
        Look {
            color: self.streams.err_colors,
            width: self.look.width.or(Some(100)),
            ..self.look
        }
    }

    /// Writes a message; at a terminal no word of it is broken at the margin.
    pub(super) fn message(&mut self, words: &str) {
        let mut look = self.err_look();
        if !self.errors_to_a_terminal() {
            look.width = None;
        }
        for line in words.lines() {
            let text = line.trim_start_matches(' ');
            let indent = &line[..line.len() - text.len()];
            // If nobody listens there is nobody to tell.
            let _ = render::wrapped(&mut self.streams.err, indent, &printable(text), look);
        }
    }

    /// Returns whether the terminal only takes lines.
    pub(super) fn is_dumb(&self) -> bool {
        self.env.is_dumb
    }

    /// Returns whether what is said beside it goes to a terminal.
    pub(super) fn errors_to_a_terminal(&self) -> bool {
        self.env.err_is_terminal
    }

    /// Returns whether the answer goes to a terminal.
    pub(super) fn answers_a_terminal(&self) -> bool {
        self.env.out_is_terminal
    }

    /// Answers with lines of a file: to a program as they are, while a terminal would act on what
    /// stands in them.
    pub(super) fn answer(&mut self, lines: &str) -> io::Result<()> {
        if !self.env.out_is_terminal {
            return self.streams.out.write_all(lines.as_bytes());
        }
        let lines = lines.replace("\r\n", "\n");
        let parts: Vec<_> = lines.split('\t').map(printable).collect();
        self.streams.out.write_all(parts.join("\t").as_bytes())
    }

    /// Says something beside the answer, unless only the answer is wanted.
    pub fn say(&mut self, words: &str) {
        if !self.quiet {
            // What was answered before comes before; a reader that went away is met at the end.
            let _ = self.streams.out.flush();
            self.message(words);
        }
    }
}

/// Returns the user's folder for what programs were in the middle of, as desktops agree on it.
fn state_folder() -> Option<PathBuf> {
    let folder = |name: &str| {
        let folder = PathBuf::from(std::env::var_os(name)?);
        folder.is_absolute().then_some(folder)
    };
    folder("XDG_STATE_HOME")
        .or_else(|| folder("LOCALAPPDATA").filter(|_| cfg!(windows)))
        .or_else(|| Some(folder("HOME")?.join(".local/state")))
}

/// Returns whether letters beyond ASCII come out right, as the locale says; the first of the three
/// that is set decides.
fn speaks_utf8() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(std::env::var_os)
        .find(|value| !value.is_empty());
    match locale {
        None => !cfg!(unix) || !io::stdout().is_terminal(),
        Some(locale) => {
            let locale = locale.to_string_lossy().to_lowercase();
            locale.contains("utf-8") || locale.contains("utf8") || cfg!(windows)
        }
    }
}
