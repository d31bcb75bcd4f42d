"""Speed of resolving organisations, and how it grows: ``python -m bench.organisations``."""

from __future__ import annotations

import argparse
import random
import resource
import time

from colloquia.engines.organisations import Mention, propose

SYLLABLES = (
    "ka", "le", "mi", "no", "ru", "sa", "te", "vo", "pi", "da", "fer", "gun", "hal", "jor", "ket", "lun",
)  # fmt: skip
KINDS = (
    "Association of {} Publishers",
    "{} Robotics",
    "University of {}",
    "{} Authors Guild",
    "{} Institute",
)
FORMS = ("", "", " Ltd", " Limited", " Inc.", " GmbH", " S.A.")
PARTS = ("{}", "{}", "{}", "Faculty of Law, {}", "{} Legal Department")
COUNTRIES = ("", "JP", "FR", "KE", "BR", "IN")


def docket(size: int, seed: int = 0) -> list[Mention]:
    """Make ``size`` mentions of half as many invented bodies, with slips, parts, forms and domains."""
    rng = random.Random(seed)
    bodies = []
    for _ in range(size // 2):
        own = "".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))).capitalize()
        domain = f"{own.lower()}.example.org" if rng.random() < 0.3 else f"{own.lower()}.org"
        bodies.append((rng.choice(KINDS).format(own), rng.choice(COUNTRIES), domain))
    mentions = []
    for number in range(size):
        name, country, domain = rng.choice(bodies)
        name = rng.choice(PARTS).format(name) + rng.choice(FORMS)
        if rng.random() < 0.1:
            place = rng.randrange(len(name))
            name = name[:place] + rng.choice("aeinrst") + name[place + 1 :]
        mail = domain if rng.random() < 0.4 else "gmail.com"
        mentions.append(Mention(f"S-{number}", name, country, mail))
    return mentions


def main() -> None:
    """Print seconds of one core and memory for growing dockets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    print(f"{'mentions':>10}{'bodies':>10}{'proposals':>11}{'seconds':>10}{'mentions/s':>12}{'peak MiB':>10}")
    for size in parser.parse_args().sizes:
        mentions = docket(size, seed=1)
        started = time.process_time()
        found = propose(mentions)
        taken = time.process_time() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        figures = f"{size:>10}{len(found.bodies):>10}{len(found.proposals):>11}"
        print(f"{figures}{taken:>10.2f}{size / taken:>12.0f}{peak:>10.0f}")


if __name__ == "__main__":
    main()
