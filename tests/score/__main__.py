"""Measure one row in this process: `python -m tests.score NAME '{"seed": 1}'` prints it as JSON."""

import json
import sys

from tests.score import board
from tests.score.row import Trial

if __name__ == "__main__":
    name, given = sys.argv[1:]
    print(json.dumps(board.measured(name, Trial(**json.loads(given)))))
