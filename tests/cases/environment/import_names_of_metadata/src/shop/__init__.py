import azure_like.storage
import hidden_name  # expect: HW211
