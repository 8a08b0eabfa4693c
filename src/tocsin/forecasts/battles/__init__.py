"""How well the regression on battles foresees who breaks: folds, predictions, scores against baselines."""
