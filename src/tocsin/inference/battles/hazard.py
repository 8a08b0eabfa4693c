"""The break hazard that the simulated army uses, fitted to battles: relative loss and surprise as competing risks.

    P(broke) = 1 - exp(-h T),   h = exp(base + war + slope (ln(own + floor) - ln(opposing + floor))) + m [surprised]

T is the battle's length in days. The losses are those of the whole battle, so `base` is a rate a day of battle at
equal losses, not of a day in the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import MissingExtraError
from tocsin.inference.battles.forms import Sampler, specification
from tocsin.inference.battles.rows import casualty_fraction
from tocsin.inference.battles.table import Battle

Floats = NDArray[np.float64]

UNKNOWNS: Final = ("base", "slope", "surprised", "war", "own")


def hazard_rows(battles: Sequence[Battle]) -> tuple[dict[str, Floats], int]:
    """Return the sides whose outcome, casualties and days are known, as arrays, and how many had to be left out."""
    found: list[tuple[float, float, float, float, float, float]] = []
    left_out = 0
    wars: dict[str, int] = {}
    for battle in battles:
        for own, other, sign in ((battle.attacker, battle.defender, -1.0), (battle.defender, battle.attacker, 1.0)):
            shares = casualty_fraction(own), casualty_fraction(other)
            row = (own.broke, *shares, battle.days, float(sign * battle.surprise > 0))
            if np.isfinite(row).all():
                found.append((*row, float(wars.setdefault(battle.war, len(wars)))))
            else:
                left_out += not np.isnan(own.broke)
    names = ("broke", "own", "opposing", "days", "surprised", "war")
    columns = np.array(found).reshape(len(found), len(names)).T
    return dict(zip(names, columns, strict=True)), left_out


def fit_hazard(rows: dict[str, Floats], sampling: Sampler, seed: int, *, own_level: bool = False) -> dict[str, Floats]:
    """Return draws of base, slope, surprised and war (its sd), and of own where the level of own loss is let in.

    MissingExtraError where NumPyro is not installed.
    """
    try:
        import jax  # noqa: PLC0415  an optional part, slow to load
        from numpyro.infer import MCMC, NUTS  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("battles", "The fit of the break hazard") from error
    sampler = MCMC(
        NUTS(_model, target_accept_prob=0.9),
        num_warmup=sampling.warmup,
        num_samples=sampling.draws,
        num_chains=sampling.chains,
        chain_method="sequential",
        progress_bar=False,
    )
    sampler.run(jax.random.PRNGKey(seed), rows, own_level)
    draws = sampler.get_samples()
    return {name: np.asarray(draws[name], dtype=np.float64) for name in UNKNOWNS if name in draws}


def _model(rows: dict[str, Any], own_level: bool) -> None:
    import jax.numpy as jnp  # noqa: PLC0415
    import numpyro  # noqa: PLC0415
    from numpyro import distributions as dist  # noqa: PLC0415

    prior = specification().hazard
    own, opposing = jnp.log(rows["own"] + prior.floor), jnp.log(rows["opposing"] + prior.floor)
    base = numpyro.sample("base", dist.Normal(*prior.base))
    slope = numpyro.sample("slope", dist.Normal(*prior.slope))
    surprised = numpyro.sample("surprised", dist.HalfNormal(prior.surprised))
    spread = numpyro.sample("war", dist.HalfNormal(prior.war))
    wars = int(np.max(np.asarray(rows["war"]))) + 1
    effect = numpyro.sample("effects", dist.Normal(0, 1).expand([wars]).to_event(1))
    log_rate = base + slope * (own - opposing) + spread * effect[rows["war"].astype(int)]
    if own_level:
        log_rate = log_rate + numpyro.sample("own", dist.Normal(*prior.own)) * (own - jnp.log(prior.usual_loss))
    cumulated = (jnp.exp(log_rate) + surprised * rows["surprised"]) * rows["days"]
    likelihood = jnp.where(rows["broke"] > 0, jnp.log(-jnp.expm1(-jnp.clip(cumulated, 1e-7, 50.0))), -cumulated)
    numpyro.factor("outcomes", likelihood.sum())
