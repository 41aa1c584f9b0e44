"""A codebook as forms: one for each part, each giving the changes to make in the text."""
