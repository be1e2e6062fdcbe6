"""Charts: an answer about gaps -> Altair charts that need nothing from the internet."""

import altair as alt
import pandas as pd

from geo.gaps import measures, sentences
from geo.gaps.answer import Answer
from geo.i18n import Words

LIGHT, DARK = ("#0b57a4", "#4a5560"), ("#7db8f0", "#c0c8d0")  # of the theme: figures, all else
LEAST_AXIS = 0.05
HEIGHT = 300
PALE = 0.35
LEGEND = alt.Legend(title=None, orient="bottom")


def groups(answer: Answer, say: Words, dark: bool = False) -> alt.LayerChart:
    """Return bars of the share of each group that lives beyond the limit, pale to the high end."""
    table, (colour, ink) = answer.tables["group"], DARK if dark else LIGHT
    rows = pd.DataFrame(
        {
            "who": [sentences.group(str(name), say) for name in table.index],
            "least": table["share_beyond_best"].to_numpy(),
            "share": table["share_beyond_worst"].to_numpy(),
            "told": [
                sentences.cell((low, high), "share", say)[1]
                for low, high in zip(
                    table["share_beyond_best"], table["share_beyond_worst"], strict=True
                )
            ],
        }
    )
    most = max(LEAST_AXIS, rows["share"].max())
    title = say("Share beyond {limit}", limit=sentences.limit(answer.question, say))
    base = alt.Chart(rows).encode(
        y=alt.Y("who:N", sort=None, title=None, axis=alt.Axis(labelLimit=260)),
        x=alt.X(
            "share:Q",
            title=title,
            axis=alt.Axis(format="%", tickCount=5),
            scale=alt.Scale(domain=[0, most]),
        ),
    )
    told = base.mark_text(align="left", dx=4, color=ink).encode(text="told:N")
    high = base.mark_bar(color=colour, opacity=PALE)
    low = base.mark_bar(color=colour).encode(x=alt.X("least:Q"))
    return alt.LayerChart(layer=[high, low, told], height=HEIGHT)


def lorenz(answer: Answer, say: Words, dark: bool = False) -> alt.Chart:
    """Return the Lorenz curve of access: who has how much of it, and what would be even."""
    x, y = measures.lorenz(answer.access, answer.areas["people"]).T
    had, even = say("As it is"), say("If all had the same")
    rows = pd.concat(
        [
            pd.DataFrame({"people": x, "access": y, "which": had}),
            pd.DataFrame({"people": [0.0, 1.0], "access": [0.0, 1.0], "which": even}),
        ]
    )
    scale = alt.Scale(domain=[had, even], range=list(DARK if dark else LIGHT))
    dash = alt.Scale(domain=[had, even], range=[[1, 0], [5, 4]])
    chart: alt.Chart = (
        alt.Chart(rows)
        .mark_line()
        .encode(
            x=alt.X(
                "people:Q",
                title=say("Share of people, those with least first"),
                axis=alt.Axis(format="%"),
            ),
            y=alt.Y("access:Q", title=say("Share of access"), axis=alt.Axis(format="%")),
            color=alt.Color("which:N", scale=scale, legend=LEGEND),
            strokeDash=alt.StrokeDash("which:N", scale=dash, legend=LEGEND),
        )
        .properties(height=HEIGHT)
    )
    return chart
