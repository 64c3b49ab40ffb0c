"""The plot of progress: pure geometry."""

from __future__ import annotations

from datetime import date

from huiyin.matters.queries.plot import BOTTOM, LEFT, RIGHT, TOP, plot

START, DUE = date(2026, 3, 1), date(2026, 9, 30)


def _plot(**given):
    return plot(
        **(
            {
                "start": START,
                "due_on": DUE,
                "today": date(2026, 6, 1),
                "closed_on": None,
                "reported": [],
                "verified": [],
            }
            | given
        )
    )


def test_the_plan_runs_from_the_start_to_the_due_day():
    drawn = _plot()
    assert drawn.plan == f"{LEFT},{BOTTOM} {drawn.due_x},{TOP}"
    assert LEFT < drawn.today_x < drawn.due_x < RIGHT


def test_days_past_due_are_marked_only_once_it_is_late():
    assert _plot().late is None
    late = _plot(today=date(2026, 11, 20)).late
    assert late is not None
    assert late[1] > 0


def test_a_closed_matter_stops_at_its_day():
    drawn = _plot(today=date(2027, 5, 1), closed_on=date(2026, 8, 1))
    assert drawn.today is None
    assert drawn.late is None


def test_points_lie_where_their_day_and_percentage_say():
    drawn = _plot(
        reported=[(date(2026, 5, 1), 50)], verified=[(date(2026, 5, 10), 100), (START, 0)]
    )
    assert drawn.last_reported.y == (TOP + BOTTOM) / 2
    assert [p.y for p in drawn.verified] == [BOTTOM, TOP]
    assert drawn.reported.startswith(f"{LEFT},{BOTTOM} ")


def test_a_matter_due_on_the_day_it_was_sent_is_drawn_too():
    drawn = plot(
        start=START, due_on=START, today=START, closed_on=None, reported=[(START, 100)], verified=[]
    )
    assert drawn.last_reported.x == LEFT


def test_ten_years_do_not_crowd_the_months():
    assert len(_plot(due_on=date(2036, 3, 1)).ticks) <= 14
