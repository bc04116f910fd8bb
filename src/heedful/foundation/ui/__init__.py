"""How Heedful looks: layouts, components, form fields, chart drawings. Knows nothing of the rooms above it."""
