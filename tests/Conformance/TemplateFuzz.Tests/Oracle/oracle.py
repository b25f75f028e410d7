"""Renders templates with Python's Jinja2, set up as transformers sets it up for chat templates.

Each line of the input is {"cases": [{"source": ..., "variables": {...}}, ...]}, each line of the output
{"results": [...]} with one of these for each case:
  {"text": ...}                                      what was rendered
  {"error": type, "message": ..., "raised": bool}    why it was not; "raised" where the template called raise_exception
  {"dropped": ...}                                   why there is nothing to compare
"""

import datetime
import faulthandler
import json
import resource
import signal
import sys

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment

SECONDS = 2
HANGING_SECONDS = 15
MAX_CHARACTERS = 200_000
MAX_BYTES = 2 << 30


class Generation(Extension):
    """The tag that marks what an assistant generated; rendering, it is transparent."""

    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        return nodes.CallBlock(self.call_method("_pass_through"), [], [], body).set_lineno(line)

    def _pass_through(self, caller):
        return caller()


class Raised(jinja2.TemplateError):
    """What raise_exception raises."""


class OutOfTime(BaseException):
    """Ends a case that takes too long."""


def raise_exception(message):
    raise Raised(message)


def strftime_now(format):
    return datetime.datetime(2024, 7, 26, 14, 5, 9).strftime(format)


def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def make_environment():
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, "jinja2.ext.loopcontrols"])
    environment.filters["tojson"] = tojson
    # What it is called where it is printed, in the versions before 3.1.3 too.
    environment.filters["unique"].__qualname__ = "sync_do_unique"
    environment.globals["raise_exception"] = raise_exception
    environment.globals["strftime_now"] = strftime_now
    return environment


def message_of(error):
    try:
        return str(error)
    except Exception:
        return ""


def answer(environment, case):
    try:
        text = environment.from_string(case["source"]).render(case["variables"])
    except (OutOfTime, RecursionError, MemoryError) as error:
        return {"dropped": type(error).__name__}
    except jinja2.TemplateSyntaxError as error:
        return {"error": "TemplateSyntaxError", "message": str(error.message), "raised": False}
    except Exception as error:
        return {"error": type(error).__name__, "message": message_of(error)[:2000], "raised": type(error) is Raised}
    if len(text) > MAX_CHARACTERS:
        return {"dropped": "the text is long"}
    if any("\ud800" <= character <= "\udfff" for character in text):
        return {"dropped": "the text is not Unicode"}
    return {"text": text}


def guarded(environment, case):
    # The first ends Python code; the second ends the process, where a call into C does not come back.
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    faulthandler.dump_traceback_later(HANGING_SECONDS, exit=True)
    try:
        return answer(environment, case)
    except OutOfTime:
        return {"dropped": "OutOfTime"}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()


def out_of_time(number, frame):
    raise OutOfTime()


def main():
    if sys.argv[1:] == ["--version"]:
        print(jinja2.__version__)
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, MAX_BYTES))
    signal.signal(signal.SIGALRM, out_of_time)
    environment = make_environment()
    for line in sys.stdin:
        results = [guarded(environment, case) for case in json.loads(line)["cases"]]
        sys.stdout.write(json.dumps({"results": results}) + "\n")
        sys.stdout.flush()


main()
