"""A conservative estimate of token counts, without a tokenizer of any particular model."""

# English prose takes about 4 bytes a token in current tokenizers; 3 leaves room for names, markup and other languages
# (whose UTF-8 is longer, so that the estimate grows with them).
BYTES_PER_TOKEN = 3


def estimate_tokens(text: str) -> int:
    """Return an upper estimate of the number of tokens: at least 1 for a text that is not empty."""
    return -(-len(text.encode()) // BYTES_PER_TOKEN)


def trim(text: str, max_tokens: int) -> str:
    """Return the beginning of a text that fits, cut at a word."""
    if estimate_tokens(text) <= max_tokens:
        return text
    cut = text.encode()[: max_tokens * BYTES_PER_TOKEN].decode(errors="ignore")
    return cut.rsplit(" ", 1)[0].rstrip() + " …"
