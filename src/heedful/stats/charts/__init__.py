"""Charts of a series over time: centre line, limits, and which points differ from common-cause variation.

Every function takes the series in the caller's order and returns a frozen result that carries its inputs. Cautions
(a short baseline, missing exposure) are values in the result; wording and drawing belong to the caller.
"""

from heedful.stats.charts.anhoej import Runs, crossings_min, longest_run_max
from heedful.stats.charts.c_chart import c
from heedful.stats.charts.cautions import Caution
from heedful.stats.charts.chart import Chart, Part, Point, Signal
from heedful.stats.charts.dialects import DIALECTS, Dialect
from heedful.stats.charts.g_chart import g
from heedful.stats.charts.i_chart import i
from heedful.stats.charts.p_chart import p, p_prime
from heedful.stats.charts.run_chart import RunChart, run
from heedful.stats.charts.shewhart import ShewhartChart
from heedful.stats.charts.t_chart import t
from heedful.stats.charts.u_chart import u, u_prime
from heedful.stats.charts.vocabulary import Assurance, CautionCode, DialectName, Direction, Finding, Kind, Rule
from heedful.stats.charts.xmr_chart import XmrChart, xmr
from heedful.stats.charts.xmr_matrix import XmrMatrix, xmr_matrix

__all__ = [
    "DIALECTS",
    "Assurance",
    "Caution",
    "CautionCode",
    "Chart",
    "Dialect",
    "DialectName",
    "Direction",
    "Finding",
    "Kind",
    "Part",
    "Point",
    "Rule",
    "RunChart",
    "Runs",
    "ShewhartChart",
    "Signal",
    "XmrChart",
    "XmrMatrix",
    "c",
    "crossings_min",
    "g",
    "i",
    "longest_run_max",
    "p",
    "p_prime",
    "run",
    "t",
    "u",
    "u_prime",
    "xmr",
    "xmr_matrix",
]
