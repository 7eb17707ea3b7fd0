"""Sweep any convolution or pooling over the settings that break real code, and say what is wrong with it."""
