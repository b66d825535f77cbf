"""``python -m devtools.illustrator --port N``."""

import argparse

from devtools.illustrator.server import serve

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, required=True)
serve(parser.parse_args().port)
