"""Find: the questions and the answer where this server has to answer."""
