#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recounts what traces say that requests cost.

Shares nothing with Signalbox: it reads the sandbox's own request log, the prices in the policy's file and the traces as
`signalbox-cli traces` (or `run --out`) prints them, and reckons every call's cost anew, a class of tokens at a time, in
whole nano-dollars. Money is Decimal and int throughout.

    recount.py --log requests.jsonl --policy p.policy.json --traces traces.jsonl [--expect 2000] [--quiet]

What must hold:
  * a charge of known cost is one call of the log, whose answer told its usage, with the same tokens and cost;
  * a call that the server billed is one charge of one trace; it may be of unknown cost only if the server did not say
    what it costs, or its answer did not come to its end on this side;
  * what is asked for a request as a whole (embeddings) is charged like what is asked in its hops, and an answer from the
    cache has no hop;
  * no call is charged twice, and no prompt has two traces (cancelled ones aside);
  * a trace's cost is the sum of its charges; each trace has an outcome and a reason.
Exit status: 0 all agrees, 1 something does not, 2 the files cannot be read.
"""
import argparse
import collections
import decimal
import json
import sys
from decimal import Decimal

NANO = Decimal(10) ** 9
CLASSES = ("input", "cached_input", "cache_write", "output", "reasoning")
STATUSES = {"answered", "handed_off", "failed", "cancelled"}
decimal.getcontext().prec = 60


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                try:
                    yield json.loads(line, parse_float=Decimal)
                except json.JSONDecodeError as error:
                    sys.exit(f"{path}:{number}: {error}")


def nano(usd):
    """A sum of USD as JSON has it, in whole nano-dollars; None for null."""
    if usd is None:
        return None
    exact = Decimal(usd) * NANO
    whole = exact.to_integral_value()
    if exact != whole:
        raise ValueError(f"{usd} USD is no whole number of nano-dollars")
    return int(whole)


def usd(amount):
    return f"{Decimal(amount) / NANO:.9f}"


class Prices:
    def __init__(self, policy):
        self.by_id = {model["id"]: model for model in policy["models"]}

    def name(self, model):
        return self.by_id[model]["name"] if model in self.by_id else None

    def cost(self, model, tokens):
        """Each class rounded on its own, half away from zero; None when a class has tokens and no price."""
        price = self.by_id.get(model, {}).get("price")
        if price is None:
            return None
        first = {"cached_input": "input", "reasoning": "output"}
        total = 0
        for name in CLASSES:
            count = tokens[name]
            if count == 0:
                continue
            rate = price.get(f"{name}_per_mtok", price.get(f"{first.get(name, name)}_per_mtok"))
            if rate is None:
                return None
            share = Decimal(count) * Decimal(rate) * NANO / Decimal(10**6)
            total += int(share.quantize(Decimal(1), rounding=decimal.ROUND_HALF_UP))
        return total


def billed_tokens(entry):
    return {
        "input": entry["input_tokens"],
        "cached_input": entry["cached_tokens"],
        "cache_write": entry["cache_write_tokens"],
        "output": entry["output_tokens"],
        "reasoning": entry["reasoning_tokens"],
    }


class Recount:
    def __init__(self, prices, log):
        self.prices = prices
        self.problems = []
        self.unclaimed = {}  # calls of the log that no charge has claimed yet, by the id they were sent under
        self.anonymous = []
        self.claimed = set()
        self.said = 0
        self.counted = 0
        self.unknown = collections.Counter()
        self.unknown_billed = 0
        self.calls = 0
        self.sent_again = 0
        for entry in log:
            self.calls += 1
            key = entry["client_id"]
            if key is None:
                self.anonymous.append(entry)
            else:
                # An HTTP library sends a request once more by itself, under the same id, when a connection that it
                # has used before ends without a byte of an answer: that is a try of its own.
                self.sent_again += key in self.unclaimed
                self.unclaimed.setdefault(key, []).append(entry)

    def problem(self, where, what):
        self.problems.append(f"{where}: {what}")

    def charge(self, charge, attempts, where):
        """The charge's cost as it is counted here; None when it is rightly unknown."""
        key = charge["request_id"]
        said = nano(charge["cost_usd"])
        if key is None:
            self.problem(where, "a charge does not say which call it is for")
            return None
        left = self.unclaimed.get(key.rstrip("+"), [])  # a "+" for each time that it was sent again
        if key in self.claimed:
            self.problem(where, f"the call {key} is charged twice")
            return None
        self.claimed.add(key)
        lost = charge["kind"] == "lost"
        attempt = attempts.get(key)
        if attempt is None and not lost:
            self.problem(where, f"the call {key} is charged and stands nowhere in the trace")
        left.sort(key=lambda entry: entry["usage_told"] != (said is not None))
        entry = left.pop(0) if left else None
        if entry is None:
            if said is not None:
                self.problem(where, f"the call {key} costs {said} and the server knows nothing of it")
            self.unknown["never came to the server"] += 1
            return None
        if entry["model"] is not None and entry["model"] != self.prices.name(charge["model"]):
            self.problem(where, f"the call {key} was of {entry['model']}, and {charge['model']} is charged")
        tokens = billed_tokens(entry)
        cost = self.prices.cost(charge["model"], tokens)
        if said is not None:
            told = {name: charge["tokens"][name] or 0 for name in CLASSES}
            if not entry["usage_told"]:
                self.problem(where, f"the call {key} costs {said}, and the server never said what it costs")
            elif told != tokens:
                self.problem(where, f"the call {key}: tokens {told}, and the server billed {tokens}")
            elif said != cost:
                self.problem(where, f"the call {key} costs {said}, and by the policy's prices {cost}")
            self.said += said
            self.counted += cost or 0
            return said
        failed = lost or (attempt is not None and attempt["error"] is not None)
        if not entry["usage_told"]:
            self.unknown["the server did not say"] += 1
        elif failed:
            self.unknown["the process was killed" if lost else "the answer broke off"] += 1
        elif cost is None:
            self.unknown["the policy has no price"] += 1
        else:
            self.problem(where, f"the call {key} is of unknown cost, and the server said it: {cost}")
        self.unknown_billed += cost or 0
        return None

    def trace(self, trace):
        where = f"{trace['id']} ({trace['trace_id']})"
        before = len(self.problems)
        attempts = {}
        for attempt in [one for hop in trace["hops"] for one in hop["tries"]] + trace["calls"]:
            if attempt["request_id"] in attempts:
                self.problem(where, f"two tries are {attempt['request_id']}")
            attempts[attempt["request_id"]] = attempt
        if trace["cache"] is not None and (trace["hops"] or any(c["kind"] == "model" for c in trace["charges"])):
            self.problem(where, "its answer is an earlier one, and models were asked for it")
        costs = [self.charge(charge, attempts, where) for charge in trace["charges"]]
        known = sum(cost for cost in costs if cost is not None)
        whole = None if None in costs else known
        if nano(trace["cost_usd"]) != whole:
            self.problem(where, f"it says {trace['cost_usd']} USD, and its charges are {whole} nano-dollars")
        if costs:
            share = Decimal(sum(cost is not None for cost in costs)) / len(costs)
            if abs(Decimal(trace["cost_known_share"]) - share) > Decimal("1e-9"):
                self.problem(where, f"it says that {trace['cost_known_share']} of its cost is known, not {share}")
        if trace["status"] not in STATUSES:
            self.problem(where, f"its outcome is {trace['status']}")
        if not trace["reasons"]:
            self.problem(where, "it gives no reason")
        return len(self.problems) == before, known, sum(cost is None for cost in costs)

    def rest(self):
        """What the server was asked and no trace has a charge for."""
        for key, entry in ((key, entry) for key, left in self.unclaimed.items() for entry in left):
            if any(billed_tokens(entry).values()):
                self.problem(key, f"the server billed {billed_tokens(entry)}, and no trace has a charge for it")
        for entry in self.anonymous:
            if any(billed_tokens(entry).values()):
                self.problem(f"entry {entry['seq']}", "a call without an id was billed")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--log", required=True)
    parser.add_argument("--policy", required=True)
    parser.add_argument("--traces", required=True)
    parser.add_argument("--expect", type=int, help="how many traces there must be")
    parser.add_argument("--quiet", action="store_true", help="only the totals, and what does not agree")
    options = parser.parse_args()
    try:
        with open(options.policy, encoding="utf-8") as file:
            prices = Prices(json.load(file, parse_float=Decimal))
        recount = Recount(prices, lines_of(options.log))
        prompts = collections.Counter()
        traces = 0
        for trace in lines_of(options.traces):
            traces += 1
            good, known, unknown = recount.trace(trace)
            if trace["status"] != "cancelled":
                prompts[trace["dataset"], trace["mode"], trace["policy_hash"], trace["id"]] += 1
            if not options.quiet:
                also = f" and {unknown} of unknown cost" if unknown else ""
                print(f"{'agrees' if good else 'DIFFERS'}  {trace['id']}  {usd(known)} USD{also}")
    except (OSError, KeyError, ValueError, TypeError) as error:
        print(f"recount.py: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    recount.rest()
    for (*_, prompt), count in prompts.items():
        if count > 1:
            recount.problem(prompt, f"it has {count} traces")
    if options.expect is not None and traces != options.expect:
        recount.problem("traces", f"there are {traces}, not {options.expect}")
    for problem in recount.problems:
        print(f"DIFFERS  {problem}")
    print(f"{traces} traces, {recount.calls} calls in the log ({recount.sent_again} sent again by the HTTP library), "
          f"{len(recount.claimed)} charges")
    print(f"known: the traces say {usd(recount.said)} USD, the recount {usd(recount.counted)} USD")
    reasons = ", ".join(f"{why}: {count}" for why, count in sorted(recount.unknown.items())) or "none"
    print(f"unknown to the traces, and said to be: {reasons}; the server billed {usd(recount.unknown_billed)} USD for them")
    print("agrees to the nano-dollar" if not recount.problems else f"{len(recount.problems)} things do not agree")
    return 1 if recount.problems else 0


if __name__ == "__main__":
    sys.exit(main())
