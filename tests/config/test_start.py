"""A web process is small when it starts: what few requests need is loaded when one needs it."""

import json
import subprocess
import sys

HEAVY = {"altair", "docx", "duckdb", "numpy", "pyarrow", "pyreadstat", "scipy", "typst", "vl_convert", "xlsxwriter"}
"""What pictures, documents, files and computations need: 150 MB and three seconds together."""
START = "import json, sys; import hashar.config.wsgi; print(json.dumps(sorted(sys.modules)))"


def test_a_web_process_starts_without_the_libraries_of_reports_and_numbers():
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", START], check=True, capture_output=True, text=True)
    loaded = json.loads(done.stdout)
    assert "hashar.web.urls" in loaded
    assert HEAVY.intersection(loaded) == set()


def test_a_late_module_is_the_module_itself_when_it_is_used():
    from hashar.late import late

    assert late("json").loads is json.loads
