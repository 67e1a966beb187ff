"""An experiment as code for elsewhere: a NumPy script, PyTorch and Keras scripts, an ONNX model.

`kinds` is the way in. `plan` holds what has to be written, `*_pieces` the text of one function at a time, `*_script`
put them together. Nothing that a file says becomes code: names and descriptions are comments of one line
(`safe_text`), all else are numbers and names that the specification allows.
"""
