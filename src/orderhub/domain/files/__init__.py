"""Files: what people upload, who may see it, and links that expire."""
