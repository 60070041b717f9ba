use chrono::{NaiveDate, TimeDelta};

use crate::model::days_between;

/// How far ahead a forecast looks, in days: what is farther off is not in sight.
const FARTHEST: f64 = 366.0;

/// So many values a forecast is made of at least, each other than the rest and on a day of its own.
const FEWEST: usize = 3;

/// So many values it is made of at most: about as many as a year has weeks.
const MOST: i64 = 53;

/// When something will be reached if it goes on as it did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Forecast {
    /// It is reached.
    Reached,
    /// It had too few different values to tell.
    TooFew {
        /// How many it had.
        values: usize,
    },
    /// As a rule it did not move.
    Standstill,
    /// As a rule it fell.
    FallsBack,
    /// It would take more than a year from now.
    NotInSight,
    /// It will be reached on a day.
    Reaches(Reaches),
}

/// When something will be reached, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reaches {
    /// The day.
    pub day: NaiveDate,
    /// By how many days that is late; less than none, where it is early.
    pub late: i64,
    /// The day at the speed that a quarter of all speeds exceed.
    pub earliest: NaiveDate,
    /// The day at the speed that three quarters of all speeds exceed; none, where that leads nowhere
    /// within a year.
    pub latest: Option<NaiveDate>,
    /// How many different values it is made of.
    pub values: usize,
    /// Over how many days.
    pub over: i64,
}

/// Foretells when progress will be 100, from the days on which it changed, the oldest first.
///
/// Its speed is the median of the speeds between any two of the days, evenly spread, from the first
/// one to today (the estimate of Theil and Sen): a jump or a slip of the pen does not turn it. The
/// days on which nothing happened count as well, so that what stands still is seen to. From where it
/// is today it goes on at that speed.
pub(super) fn forecast(
    changes: &[(NaiveDate, f64)],
    today: NaiveDate,
    due: NaiveDate,
) -> Option<Forecast> {
    let (first, _) = *changes.first()?;
    let (_, now) = *changes.last()?;
    if now >= 100.0 {
        return Some(Forecast::Reached);
    }
    let values = different(changes);
    if values < FEWEST {
        return Some(Forecast::TooFew { values });
    }
    let over = days_between(first, today);
    let Some([slow, middle, fast]) = quartiles(speeds(&spread(changes, today))) else {
        return Some(Forecast::TooFew { values });
    };
    let day_at = |speed: f64| {
        let days = ((100.0 - now) / speed).ceil();
        // What is not faster than 0 leads nowhere.
        let is_in_sight = speed > 0.0 && days <= FARTHEST;
        is_in_sight.then(|| today.checked_add_signed(TimeDelta::days(days as i64)))?
    };
    // A millionth of a point a day is no movement.
    if middle.abs() < 1e-6 {
        return Some(Forecast::Standstill);
    }
    if middle < 0.0 {
        return Some(Forecast::FallsBack);
    }
    Some(match (day_at(middle), day_at(fast)) {
        (Some(day), Some(earliest)) => Forecast::Reaches(Reaches {
            day,
            late: days_between(due, day),
            earliest,
            latest: day_at(slow),
            values,
            over,
        }),
        _ => Forecast::NotInSight,
    })
}

/// Returns how many different values there are.
fn different(changes: &[(NaiveDate, f64)]) -> usize {
    let mut values: Vec<f64> = changes.iter().map(|(_, value)| *value).collect();
    values.sort_by(f64::total_cmp);
    values.dedup_by(|a, b| (*a - *b).abs() < 1e-6);
    values.len()
}

/// Returns the values on days evenly spread up to today, as numbers of days from the first one.
fn spread(changes: &[(NaiveDate, f64)], today: NaiveDate) -> Vec<(f64, f64)> {
    let Some((first, _)) = changes.first() else {
        return Vec::new();
    };
    let over = days_between(*first, today);
    let step = (over / MOST + 1).max(1);
    let mut points = Vec::new();
    let mut next = 0;
    for day in (0..=over).filter(|day| (over - day) % step == 0) {
        while let Some((from, _)) = changes.get(next)
            && days_between(*first, *from) <= day
        {
            next += 1;
        }
        points.push((day as f64, changes[next.max(1) - 1].1));
    }
    points
}

/// Returns the speeds between any two points, in percentage points a day.
fn speeds(points: &[(f64, f64)]) -> Vec<f64> {
    let pairs = points.iter().enumerate().flat_map(|(at, first)| {
        let later = points[at + 1..].iter();
        later.map(move |second| (second.1 - first.1) / (second.0 - first.0))
    });
    pairs.collect()
}

/// Returns the values that a quarter, half and three quarters of all are below.
fn quartiles(mut values: Vec<f64>) -> Option<[f64; 3]> {
    if values.is_empty() {
        return None;
    }
    values.sort_unstable_by(f64::total_cmp);
    let last = values.len() - 1;
    Some([1, 2, 3].map(|quarter| {
        // Between two values where none stands at the very place.
        let place = last * quarter;
        let (at, part) = (place / 4, (place % 4) as f64 / 4.0);
        let next = values[(at + 1).min(last)];
        values[at] + (next - values[at]) * part
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i64) -> NaiveDate {
        NaiveDate::default() + TimeDelta::days(number)
    }

    /// Foretells on day 40 what is due on day 60.
    fn of(changes: &[(i64, f64)]) -> Option<Forecast> {
        let changes: Vec<_> = changes.iter().map(|(at, is)| (day(*at), *is)).collect();
        forecast(&changes, day(40), day(60))
    }

    fn reaches(changes: &[(i64, f64)]) -> Reaches {
        match of(changes) {
            Some(Forecast::Reaches(reaches)) => reaches,
            other => panic!("{changes:?}: {other:?}"),
        }
    }

    #[test]
    fn a_steady_course_goes_on() {
        let steady: Vec<_> = (0..=40).map(|at| (at, at as f64)).collect();
        let reaches = reaches(&steady);
        assert_eq!(reaches.day, day(100));
        assert_eq!(reaches.late, 40);
        assert_eq!(
            (reaches.earliest, reaches.latest),
            (day(100), Some(day(100)))
        );
        assert_eq!((reaches.values, reaches.over), (41, 40));
    }

    #[test]
    fn three_values_are_enough_and_two_are_not() {
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[(0, 0.0)]), Some(Forecast::TooFew { values: 1 }));
        let there_and_back = [(0, 0.0), (10, 20.0), (20, 0.0), (30, 20.0)];
        assert_eq!(of(&there_and_back), Some(Forecast::TooFew { values: 2 }));
        let reaches = reaches(&[(0, 0.0), (15, 25.0), (30, 50.0)]);
        assert!(reaches.earliest <= reaches.day, "{reaches:?}");
        assert!(reaches.latest.is_none_or(|latest| latest >= reaches.day));
        assert_eq!(reaches.values, 3);
    }

    #[test]
    fn all_values_on_today_alone_are_too_few() {
        assert_eq!(
            of(&[(40, 0.0), (40, 10.0), (40, 20.0)]),
            Some(Forecast::TooFew { values: 3 })
        );
    }

    #[test]
    fn what_is_no_course_is_said_in_words() {
        for (changes, expected) in [
            // Two small steps long ago.
            (&[(0, 0.0), (1, 5.0), (2, 6.0)][..], Forecast::Standstill),
            (
                &[(0, 60.0), (10, 50.0), (20, 40.0), (30, 30.0)],
                Forecast::FallsBack,
            ),
            (&[(0, 0.0), (20, 1.0), (40, 2.0)], Forecast::NotInSight),
            (&[(0, 0.0), (20, 50.0), (30, 100.0)], Forecast::Reached),
            // One great jump is no speed.
            (&[(0, 0.0), (38, 1.0), (40, 90.0)], Forecast::Standstill),
        ] {
            assert_eq!(of(changes), Some(expected), "{changes:?}");
        }
    }

    #[test]
    fn what_stood_still_for_long_is_reached_later_than_its_best_days_promised() {
        let quick = reaches(&[
            (0, 0.0),
            (5, 10.0),
            (10, 20.0),
            (15, 30.0),
            (20, 40.0),
            (38, 50.0),
        ]);
        let steady = reaches(&[
            (0, 0.0),
            (8, 10.0),
            (16, 20.0),
            (24, 30.0),
            (32, 40.0),
            (40, 50.0),
        ]);
        assert!(
            quick.day > day(40) && quick.earliest < steady.day,
            "{quick:?}"
        );
    }

    #[test]
    fn one_slip_of_the_pen_does_not_turn_it() {
        let mut steady: Vec<_> = (0..=40).map(|at| (at, at as f64)).collect();
        steady[20].1 = 99.0;
        assert_eq!(reaches(&steady).day, day(100));
    }

    #[test]
    fn early_and_overdue_are_told_by_the_day() {
        let quick: Vec<_> = (20..=40).map(|at| (at, 4.0 * (at - 20) as f64)).collect();
        assert_eq!(reaches(&quick).late, -15);
        let due = day(10);
        let overdue = forecast(
            &[(day(0), 0.0), (day(20), 40.0), (day(40), 80.0)],
            day(40),
            due,
        );
        assert!(matches!(overdue, Some(Forecast::Reaches(reaches)) if reaches.late > 30));
    }

    #[test]
    fn long_histories_are_thinned_out() {
        let long: Vec<_> = (0..4000).map(|at| (day(at), at as f64 / 50.0)).collect();
        let points = spread(&long, day(4000));
        assert!(points.len() <= MOST as usize, "{}", points.len());
        assert_eq!(points.last(), Some(&(4000.0, 3999.0 / 50.0)));
        assert_eq!(
            forecast(&long, day(4000), day(4000)).map(|told| matches!(told, Forecast::NotInSight)),
            Some(true)
        );
    }
}
