use crate::model::whole_percent;

/// How far something has come, beside how far its time has.
pub(super) struct Bar {
    /// 0 to 100.
    pub(super) progress: u8,
    /// The share of the time gone, 0 to 100, while there is time left.
    pub(super) gone: Option<u8>,
    /// Both in words.
    pub(super) words: String,
}

impl Bar {
    pub(super) fn new(progress: f64, gone: Option<f64>) -> Self {
        let (progress, gone) = (whole_percent(progress), gone.map(whole_percent));
        let words = match gone {
            Some(gone) => format!("progress {progress} %, {gone} % of the time gone"),
            None => format!("progress {progress} %"),
        };
        Self {
            progress,
            gone,
            words,
        }
    }
}
