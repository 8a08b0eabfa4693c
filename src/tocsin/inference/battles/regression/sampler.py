"""Draw from the posterior of the regression with NUTS; one compiled sampler serves every table of its size."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import MissingExtraError
from tocsin.inference.battles.forms import Sampler
from tocsin.inference.battles.regression.design import Design, covariates_of, functions, war_functions

Floats = NDArray[np.float64]

ACCEPT: Final = 0.8
DEPTH: Final = 6


def sample(
    plan: Design, data: Mapping[str, Any], wars: int, sampling: Sampler, seed: int
) -> tuple[dict[str, Floats], float, int]:
    """Return the draws of every unknown, the largest split R-hat and the number of divergences.

    `data` holds the padded arrays of the training rows; `wars` is the number of wars with room to spare.
    MissingExtraError where NumPyro is not installed.
    """
    try:
        import jax  # noqa: PLC0415  an optional part, slow to load
        import numpyro  # noqa: F401, PLC0415
    except ImportError as error:
        raise MissingExtraError("battles", "The regression on battles") from error
    arrays = {
        "sums": plan.sums,
        "centre": plan.centre,
        "scale": plan.scale,
        "knots": [(knots.points, knots.projection) for knots in plan.knots],
    }
    shape = tuple((knots.covariates, len(knots.points)) for knots in plan.knots)
    chain = _compiled(_Structure(plan, shape), wars, sampling)
    keys = jax.random.split(jax.random.PRNGKey(seed), sampling.chains)
    chains = [jax.device_get(chain(key, dict(data), arrays)) for key in keys]
    drawn = {name: np.stack([np.asarray(draws[name], np.float64) for draws, _ in chains]) for name in chains[0][0]}
    worst = max(_worst_rhat(values) for values in drawn.values())
    joined = {name: values.reshape(-1, *values.shape[2:]) for name, values in drawn.items()}
    return joined, worst, int(sum(diverging.sum() for _, diverging in chains))


@final
class _Structure:
    """What of a design decides how the sampler is compiled: its form, not its numbers."""

    def __init__(self, plan: Design, shape: tuple[Any, ...]) -> None:
        self.plan = plan
        scales = (tuple(plan.linear_sd), tuple(plan.war_scale), tuple(smooth.scale for smooth in plan.form.smooth))
        self._key = (plan.columns, plan.names, plan.linear, plan.war, shape, scales)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Structure) and self._key == other._key


@lru_cache(maxsize=16)
def _compiled(structure: _Structure, wars: int, sampling: Sampler) -> Callable[..., Any]:
    """Return one chain as one compiled function; NumPyro's own driver compiles parts of it anew for every table."""
    import jax  # noqa: PLC0415  an optional part, slow to load
    from numpyro.infer import NUTS  # noqa: PLC0415

    model = _model(structure.plan, wars)

    def chain(key: Any, data: Any, arrays: Any) -> Any:
        kernel = NUTS(model, target_accept_prob=ACCEPT, max_tree_depth=DEPTH)
        arguments = (data, arrays)
        state = kernel.init(key, sampling.warmup, init_params=None, model_args=arguments, model_kwargs={})

        def step(state: Any, _: Any) -> tuple[Any, Any]:
            state = kernel.sample(state, arguments, {})
            return state, (state.z, state.diverging)

        state, _ = jax.lax.scan(lambda s, x: (step(s, x)[0], None), state, None, length=sampling.warmup)
        _, (unconstrained, diverging) = jax.lax.scan(step, state, None, length=sampling.draws)
        return jax.vmap(kernel.postprocess_fn(arguments, {}))(unconstrained), diverging

    return jax.jit(chain)


def _model(template: Design, wars: int) -> Callable[[Mapping[str, Any], Mapping[str, Any]], None]:
    """Return the model as NumPyro reads it; its numbers come as arguments, its form is `template`'s."""
    import jax.numpy as jnp  # noqa: PLC0415
    import numpyro  # noqa: PLC0415
    from numpyro import distributions as dist  # noqa: PLC0415

    smooth_of = template.smooth_of
    scales = jnp.array([smooth.scale for smooth in template.form.smooth])
    war_scales = jnp.array(template.war_scale)

    def model(data: Mapping[str, Any], arrays: Mapping[str, Any]) -> None:
        plan = _with(template, arrays)
        weights = numpyro.sample("weights", dist.Normal(0, 1).expand([len(smooth_of)]).to_event(1))
        smooths = dist.HalfNormal(scales).to_event(1)
        amplitude = numpyro.sample("amplitude", smooths) if len(scales) else jnp.zeros(0)
        spread = numpyro.sample("war_spread", dist.HalfNormal(war_scales).to_event(1))
        own = numpyro.sample("war_weights", dist.Normal(0, 1).expand([wars, len(war_scales)]).to_event(2))
        phi, psi = jnp.asarray(data["phi"]), jnp.asarray(data["psi"])
        if len(data["gap_rows"]):
            gaps = data["gap_spread"]
            unknown = numpyro.sample("missing", dist.Normal(0, 1).expand(gaps.shape[:2]).to_event(2))
            filled = data["gap_known"] + jnp.einsum("rij,rj->ri", gaps, unknown)
            covariates = covariates_of(plan, filled, jnp)
            phi = phi.at[data["gap_rows"]].set(functions(plan, covariates, jnp), mode="drop")
            psi = psi.at[data["gap_rows"]].set(war_functions(plan, covariates, jnp), mode="drop")
        beta = weights * jnp.concatenate([amplitude, jnp.ones(1)])[smooth_of]
        logit = phi @ beta + (psi * spread * own[data["war"]]).sum(-1)
        likelihood = dist.Bernoulli(logits=logit).log_prob(data["happened"])
        numpyro.factor("outcomes", (data["weight"] * likelihood).sum())

    return model


def _with(template: Design, arrays: Mapping[str, Any]) -> Design:
    """Return the template with the numbers of the table at hand."""
    pairs = zip(template.knots, arrays["knots"], strict=True)
    knots = tuple(replace(k, points=points, projection=projection) for k, (points, projection) in pairs)
    return replace(template, sums=arrays["sums"], centre=arrays["centre"], scale=arrays["scale"], knots=knots)


def _worst_rhat(values: Floats) -> float:
    from numpyro.diagnostics import split_gelman_rubin  # noqa: PLC0415

    if values.size == 0 or values.shape[1] < 4:
        return 1.0
    return float(np.nanmax(split_gelman_rubin(values)))
