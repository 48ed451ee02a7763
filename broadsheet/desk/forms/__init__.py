"""The desk's forms: what an editor may type, and the sentence beside the field where it cannot be taken.

Nothing typed is lost by a refusal: the form comes back as it was sent. What a story needs before it goes out is not
asked here but by the act (``desk.compiling.problems_of``), so that a draft may be as unfinished as it is.
"""
