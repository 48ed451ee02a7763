"""What goes into every deposit package byte for byte: the verifier and the words beside it. Neither is imported."""
