"""The pages: server-rendered, htmx as a speed-up, plain forms underneath."""
