"""Renders with Python's Jinja2, set up as transformers' apply_chat_template does; one line of JSON in, one out."""
import gc
import json
import sys
import time
from datetime import datetime

import jinja2
import jinja2.ext
import jinja2.sandbox


class Generation(jinja2.ext.Extension):
    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.Scope(body, lineno=line)


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def environment():
    made = jinja2.sandbox.ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols])
    made.filters["tojson"] = tojson
    made.globals["raise_exception"] = raise_exception
    made.globals["strftime_now"] = lambda format: datetime.now().strftime(format)
    return made


def best(action, budget):
    """The least seconds of one call; calls are timed in batches long enough for the clock, for as long as the budget."""
    start = time.perf_counter()
    action()
    batch = max(1, int(0.001 / max(1e-7, time.perf_counter() - start)))
    least = float("inf")
    gc.collect()
    gc.disable()
    end = time.perf_counter() + budget
    while True:
        start = time.perf_counter()
        for _ in range(batch):
            action()
        now = time.perf_counter()
        least = min(least, (now - start) / batch)
        if now > end:
            break
    gc.enable()
    return least


def answer(request, state):
    if "source" in request:
        # Jinja2 keeps no lexer or parser state worth warming up: the second of two compilations is what counts.
        environment().from_string(request["source"])
        start = time.perf_counter()
        state["template"] = environment().from_string(request["source"])
        return {"seconds": time.perf_counter() - start, "version": jinja2.__version__, "python": sys.version.split()[0]}
    variables = request["variables"]
    template = state["template"]
    return {"text": template.render(**variables), "seconds": best(lambda: template.render(**variables), request["budget"])}


def main():
    sys.stdin.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(encoding="utf-8")
    state = {}
    for line in sys.stdin:
        try:
            result = answer(json.loads(line), state)
        except Exception as error:
            result = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(result), flush=True)


main()
