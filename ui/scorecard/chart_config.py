"""How the charts of this page are taken away."""

CHART_CONFIG = {
    "displaylogo": False,
    "displayModeBar": True,
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "svg", "filename": "scorecard"},
}
"""Of every chart here: one button, which saves it as SVG."""
