"""The local image model: draws a parametric portrait in a scene from a prompt, over the A1111 protocol.

Not a diffusion model: words of the prompt choose shapes (lexicon), shapes become SVG (people, scenes), SVG becomes PNG.
The same look gives the same face; only outfit, place and activity change.
"""
