"""Programs of others: the same verbs over HTTP, with tokens, one error shape, and word of what changed."""
