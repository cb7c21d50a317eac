"""A process of its own that writes down which environment it got."""

import json
import os

if __name__ == "__main__":
    print(json.dumps(dict(os.environ)))
