"""Reads a calendar from standard input with an independent parser and writes its events as JSON.

Fails on what the parser forgives but calendar programs do not: long lines, bare line feeds, a day that depends on the
time zone of whoever looks.
"""

import json
import sys
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar

# Both ends of the date line, half an hour, daylight saving in either half of the world.
ZONES = ["Asia/Kolkata", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "Australia/Lord_Howe"]


def check_lines(data: bytes) -> None:
    assert data.endswith(b"END:VCALENDAR\r\n"), "the end is missing"
    for line in data.split(b"\r\n"):
        assert len(line) <= 75, f"{len(line)} octets: {line!r}"
        assert b"\n" not in line and b"\r" not in line, f"a bare line break: {line!r}"
        line.decode("utf-8")


def day_of(event) -> str:
    start, end = event.decoded("DTSTART"), event.decoded("DTEND")
    assert type(start) is date and type(end) is date, f"not a date: {start!r}, {end!r}"
    assert end == start + timedelta(days=1), f"not one day: {start} to {end}"
    for zone in ZONES:
        # A date has no zone: a program shows it from midnight to midnight where it stands.
        first = datetime.combine(start, time(0), ZoneInfo(zone))
        last = datetime.combine(end, time(0), ZoneInfo(zone)) - timedelta(seconds=1)
        assert first.date() == last.date() == start, f"{zone}: {first} to {last}"
    return start.isoformat()


def event_of(event) -> dict:
    stamp = event.decoded("DTSTAMP")
    assert stamp.utcoffset() == timedelta(0), f"not UTC: {stamp}"
    return {
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "status": str(event["STATUS"]),
        "day": day_of(event),
        "summary": str(event["SUMMARY"]),
        "description": str(event["DESCRIPTION"]),
        "categories": [str(word) for word in event["CATEGORIES"].cats],
        "alarms": len([part for part in event.subcomponents if part.name == "VALARM"]),
    }


def main() -> None:
    data = sys.stdin.buffer.read()
    check_lines(data)
    calendar = Calendar.from_ical(data)
    assert not calendar.errors, calendar.errors
    assert calendar["VERSION"] == "2.0" and calendar["METHOD"] == "PUBLISH"
    events = []
    for event in calendar.walk("VEVENT"):
        assert not event.errors, event.errors
        events.append(event_of(event))
    ids = [event["uid"] for event in events]
    assert len(ids) == len(set(ids)), "an id comes twice"
    # What was parsed says the same when the parser writes it.
    again = Calendar.from_ical(calendar.to_ical())
    assert [event_of(event) for event in again.walk("VEVENT")] == events
    json.dump({"name": str(calendar["NAME"]), "events": events}, sys.stdout)


main()
