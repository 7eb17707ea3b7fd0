"""Words that several exercises share."""

COUNT = "The last window starts at H - K_h, so there are H - K_h + 1 of them, and W - K_w + 1 across."
OBLONG = "Every case that fails is one where height and width differ: is one used for the other?"
