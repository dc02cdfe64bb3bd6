package io.pinfold.rpc;

/** Who may call a method. */
public enum Access {
    /** Every peer that can connect; paid for out of the strangers' share of calls and of outgoing bytes. */
    OPEN,
    /** Peers that the cluster trusts at this moment. */
    TRUSTED,
    /** Nobody over the network. */
    LOCAL
}
