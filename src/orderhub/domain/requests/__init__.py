"""Who asks, with which key, and how a change that was asked for is made once: for every hot write."""
