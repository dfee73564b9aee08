from in_functions import model
