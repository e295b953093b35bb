"""Indicators of a State's yearly report (SPP/APR) from the audit: B-11, B-12, B-13, and how disputes kept their time.

See docs/audit-indicators.md for what each number means.
"""

from gameplan.audit.indicators.behind import Behind
from gameplan.audit.indicators.csv_files import csv_of, write_csv
from gameplan.audit.indicators.period import Period
from gameplan.audit.indicators.reckoning import KINDS, Indicators, NothingToCount, indicators
from gameplan.audit.indicators.report import report_html

__all__ = [
    "KINDS",
    "Behind",
    "Indicators",
    "NothingToCount",
    "Period",
    "csv_of",
    "indicators",
    "report_html",
    "write_csv",
]
