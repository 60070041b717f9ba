use chrono::NaiveDate;

use super::link::Places;
use crate::model::{Address, Id};
use crate::render::dates::{days_left, short_date};
use crate::text::count;
use crate::view::Page;

/// Something that is to come on a day.
pub(super) struct DatedSheet {
    pub(super) iso: NaiveDate,
    pub(super) day: String,
    pub(super) is_late: bool,
    pub(super) href: Option<String>,
    pub(super) title: String,
    pub(super) more: String,
}

/// What a key result needs of those who read it.
pub(super) struct Ask<'a> {
    pub(super) id: &'a Id,
    pub(super) title: &'a str,
    pub(super) text: &'a str,
}

/// Returns what is late and what comes in the next weeks, of what is found on the page.
pub(super) fn next(page: &Page<'_>, places: &Places, is_whole: bool) -> Vec<DatedSheet> {
    let all = page.report.next.iter();
    let here = all.filter(|dated| places.has(&dated.address()));
    let mut next: Vec<_> = here
        .map(|dated| DatedSheet {
            iso: dated.due,
            day: short_date(dated.due, page.today),
            is_late: dated.days_left < 0,
            href: places.href(&dated.address()),
            title: dated.title.to_owned(),
            more: match dated.milestone {
                Some(_) => format!("step of {}, {}", dated.id, days_left(dated.days_left)),
                None => days_left(dated.days_left),
            },
        })
        .collect();
    if let Some((end, open)) = page.report.end.filter(|_| is_whole) {
        next.push(DatedSheet {
            iso: end,
            day: short_date(end, page.today),
            is_late: false,
            href: None,
            title: "The cycle ends".to_owned(),
            more: format!("{} still open", count(open, "key result")),
        });
    }
    next
}

/// Returns what the key results on the page ask for.
pub(super) fn asks<'a>(page: &'a Page<'a>, places: &Places) -> Vec<Ask<'a>> {
    let key_results = &page.report.board.plan.key_results;
    let all = page.report.asks.iter();
    let here = all.filter(|(id, _)| places.has(&Address::KeyResult((*id).clone())));
    let asks = here.map(|(id, text)| Ask {
        id,
        text,
        title: key_results.get(*id).map_or("", |own| own.short_title()),
    });
    asks.collect()
}
