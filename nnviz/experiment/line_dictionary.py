"""What the compressor of `line_text` knows beforehand: how an experiment's file looks.

Part of the format ``nnviz1:``. A line can be read with the very dictionary alone with which it was written, so not a
letter of this may ever change; a better one would begin a format ``nnviz2:``. What is common stands last, where
deflate refers to it in the fewest bits.
"""

DICTIONARY = (
    b'"format":"nnviz","version":1,"workspace":"descent","name":"","description":"","seed":42,"surface":{"name":"parab'
    b'ola","parameters":{},"expression":"x^2","points":[[-1.5,-1.1],[-1.0,-0.3],[-0.5,-0.4],[0.0,0.4],[0.5,0.5],[1.0,1'
    b'.4],[1.5,1.5]],"domain":null},"start":[2.0],"steps":40,"runners":[{"optimizer":"gradient_descent","parameters":{'
    b'},"learning_rate":0.05,"schedule":{"name":"constant","parameters":{}},"noise":0.0,"colour":0,"label":"","start":'
    b'null}],"strip":{"rates":[0.05,0.2,1.1],"steps":12}}"table":{"name":"","columns":[{"kind":"categorical","name":""'
    b',"values":[""},{"kind":"numeric","name":"","values":[0.0,1.0,2.0,"columns":["","","target":[""],"task":"regressi'
    b'on","binary","multi-class","multi-label","missing":"fill""added":[{"x":[0.1,-0.1],"y":1.0},{"x":["features":["x"'
    b',"y","x^2","y^2","xy","sin(x)","sin(y)"]"source":"multi_gauss","source":"regions","source":"moons","source":"che'
    b'ckerboard","parameters":{"cells":2.0,"arms":2.0,"turns":1.0,"frequency":1.0},"source":"plane","source":"x_sin_x"'
    b',"source":"step","source":"rings","source":"xor","source":"gauss","source":"sine","source":"iris","source":"peng'
    b'uins","source":"digits","source":"houses","source":"drawn","source":"table","source":"circle""name":"constant","'
    b'name":"random_normal","name":"random_uniform","name":"glorot_normal","name":"he_uniform","name":"lecun_normal","'
    b'name":"orthogonal","name":"he_normal""activation":"threshold","activation":"leaky_relu","alpha":0.01,"activation'
    b'":"elu","activation":"softplus","activation":"silu","activation":"gelu","activation":"linear","activation":"soft'
    b'max","activation":"relu""loss":"absolute_error","loss":"squared_error","loss":"categorical_cross_entropy","optim'
    b'izer":"momentum","optimizer":"nesterov","optimizer":"adagrad","optimizer":"rmsprop","optimizer":"adam","paramete'
    b'rs":{"momentum":0.9,"rho":0.99,"beta1":0.9,"beta2":0.999,"epsilon":1e-8},"learning_rate":0.01,"batch_size":null,'
    b'"changes":[{"step":100,"training":null,"weights":[{"index":0,"value":0.0},{"index":1,"value":-1.0}],"network":nu'
    b'll,"redraw":[1]},{"step":{"format":"nnviz","version":1,"name":"","description":"","seed":42,"data":{"source":"sp'
    b'iral","size":500,"noise":0.1,"parameters":{},"features":["x","y"],"standardize":true,"standardize_target":false,'
    b'"train_share":0.5,"table":null,"columns":[],"target":[],"task":null,"missing":"drop","added":[],"removed":[]},"n'
    b'etwork":{"hidden":[{"units":8,"activation":"tanh","alpha":null,"weights":{"name":"glorot_uniform","scale":null},'
    b'"biases":{"name":"zeros","scale":null}},{"units":8,"activation":"tanh","alpha":null,"weights":{"name":"glorot_un'
    b'iform","scale":null},"biases":{"name":"zeros","scale":null}}],"output":{"activation":"sigmoid","alpha":null,"wei'
    b'ghts":{"name":"glorot_uniform","scale":null},"biases":{"name":"zeros","scale":null}},"gain":1.0},"training":{"lo'
    b'ss":"binary_cross_entropy","optimizer":"gradient_descent","parameters":{},"learning_rate":0.1,"batch_size":10,"l'
    b'1":0.0,"l2":0.0,"stop":{"step":null,"epoch":null,"target_loss":null,"plateau":null}},"changes":[]}'
)
