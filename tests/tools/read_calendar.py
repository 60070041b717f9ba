"""Reads a calendar as calendar programs do, and prints what it holds as JSON."""

import json
import sys

from icalendar import Calendar

calendar = Calendar.from_ical(sys.stdin.buffer.read())
events = []
for event in calendar.walk("VEVENT"):
    alarms = [alarm["TRIGGER"].dt.days for alarm in event.walk("VALARM")]
    events.append({
        "uid": str(event["UID"]),
        "stamp": event["DTSTAMP"].dt.isoformat(),
        "start": event["DTSTART"].dt.isoformat(),
        "end": event["DTEND"].dt.isoformat(),
        "summary": str(event["SUMMARY"]),
        "description": str(event["DESCRIPTION"]),
        "alarms": alarms,
        "errors": [str(error) for error in event.errors],
    })
json.dump({
    "name": str(calendar["X-WR-CALNAME"]),
    "errors": [str(error) for error in calendar.errors],
    "events": events,
}, sys.stdout)
