"""The regression learns what separates those who broke, and says less of what it has not seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from tocsin.inference.battles.baselines import baseline_names, baseline_probability
from tocsin.inference.battles.forms import Sampler, specification
from tocsin.inference.battles.regression.design import covariates_of, design, functions
from tocsin.inference.battles.regression.laplace import quick_probability
from tocsin.inference.battles.regression.model import Fitted, fit, predict
from tocsin.inference.battles.rows import Rows, Target, rows_of
from tocsin.inference.battles.table import Battle

FEW = Sampler(warmup=60, draws=60, chains=2)
FORM = specification().forms[Target.BROKE_GIVEN_CASUALTIES][2]


def given_casualties(battles: tuple[Battle, ...]) -> Rows:
    return rows_of(battles, Target.BROKE_GIVEN_CASUALTIES, specification().covariates)


@pytest.fixture
def rows(war: tuple[Battle, ...]) -> Rows:
    return given_casualties(war)


@pytest.fixture
def fitted(rows: Rows) -> Fitted:
    pytest.importorskip("numpyro")
    return fit(rows, FORM, FEW, seed=1)


def brier(probability: NDArray[np.float64], rows: Rows) -> float:
    return float(np.mean((probability - rows.happened) ** 2))


def test_the_regression_finds_what_separates_those_who_broke(rows: Rows, fitted: Fitted) -> None:
    share = rows.happened.mean()

    assert brier(predict(fitted, rows, 1), rows) < 0.5 * share * (1 - share)


def test_the_same_seed_gives_the_same_probabilities(rows: Rows, fitted: Fitted) -> None:
    again = fit(rows, FORM, FEW, seed=1)

    assert predict(fitted, rows, 1).tolist() == predict(again, rows, 1).tolist()


def test_a_new_war_is_predicted_with_the_doubt_of_its_own_effect(rows: Rows, fitted: Fitted) -> None:
    doubtful = replace(fitted, war_spread=fitted.war_spread + 3.0)
    strangers = replace(rows, battles=tuple(replace(battle, war="Another") for battle in rows.battles))

    near, far = (np.abs(predict(each, strangers, 1) - 0.5) for each in (fitted, doubtful))

    assert (far < near).mean() > 0.9
    assert predict(fitted, rows, 1).tolist() != predict(fitted, strangers, 1).tolist()


def test_a_row_with_nothing_known_gets_a_probability(rows: Rows, fitted: Fitted) -> None:
    known = rows.known.copy()
    known[:, 1:] = np.nan

    probability = predict(fitted, replace(rows, known=known), 1)

    assert ((probability > 0) & (probability < 1)).all()


def test_the_quick_fit_is_near_the_full_one(rows: Rows, fitted: Fitted) -> None:
    strangers = replace(rows, battles=tuple(replace(battle, war="Another") for battle in rows.battles))

    quick, full = quick_probability(rows, strangers, FORM), predict(fitted, strangers, 1)

    assert np.abs(quick - full).mean() < 0.1


def test_a_table_in_which_no_one_broke_can_be_learnt_from(war: tuple[Battle, ...]) -> None:
    rows = given_casualties(war)
    held = replace(rows, happened=np.zeros(len(rows)))

    assert quick_probability(held, rows, FORM).max() < 0.5
    for name in baseline_names(Target.BROKE_GIVEN_CASUALTIES):
        assert baseline_probability(name, Target.BROKE_GIVEN_CASUALTIES, held, rows, 1).max() < 0.5


@pytest.mark.parametrize("target", list(Target))
def test_every_baseline_predicts_every_row(war: tuple[Battle, ...], target: Target) -> None:
    pytest.importorskip("sklearn")
    rows = rows_of(war, target, specification().covariates)
    for name in baseline_names(target):
        probability = baseline_probability(name, target, rows, rows, 1)

        assert probability.shape == (len(rows),)
        assert ((probability >= 0) & (probability <= 1)).all()


def test_a_smooth_has_the_covariance_of_its_kernel(rows: Rows) -> None:
    form = specification().forms[Target.BROKE_GIVEN_CASUALTIES][0]
    whole = rows.where(np.isfinite(rows.known).all(1))
    plan = design(whole.known, form, specification())
    covariates = covariates_of(plan, whole.known[:, plan.columns])
    of = plan.smooth_of == len(form.smooth) - 1

    phi = functions(plan, covariates)[:, of]

    at = covariates[:, list(plan.knots[-1].covariates)]
    kernel = np.exp(-0.5 * ((at[:, None] - at[None]) ** 2).sum(-1))
    assert np.allclose(phi @ phi.T, kernel, atol=0.02)
