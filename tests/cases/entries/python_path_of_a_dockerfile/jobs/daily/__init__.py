import labelling
