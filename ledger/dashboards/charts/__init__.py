"""Charts: small pure functions from figures to SVG, the same for page, print and PDF; one file a chart."""
