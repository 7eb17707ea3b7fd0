"""The book's digit network in PyTorch, and an epoch of its training."""

from __future__ import annotations

import torch
from torch.nn import functional

__all__ = ["network", "train_epoch"]


def network() -> torch.nn.Sequential:
    """Return the network with PyTorch's own first weights, in float32."""
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 16, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.Conv2d(16, 16, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(2),
        torch.nn.Flatten(),
        torch.nn.Linear(256, 10),
    )


def train_epoch(
    model: torch.nn.Module,
    optimiser: torch.optim.Optimizer,
    x: torch.Tensor,
    y: torch.Tensor,
    batch_size: int = 32,
) -> float:
    """Go once through some pictures in a new order; return their mean loss."""
    total = 0.0
    for batch in torch.randperm(len(x)).split(batch_size):
        optimiser.zero_grad()
        loss = functional.cross_entropy(model(x[batch]), y[batch])
        loss.backward()
        optimiser.step()
        total += loss.item() * len(batch)
    return total / len(x)
