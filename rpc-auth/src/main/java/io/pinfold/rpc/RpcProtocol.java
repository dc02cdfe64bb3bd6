package io.pinfold.rpc;

/** The name and the greatest frame of the protocol. */
public final class RpcProtocol {

    /** The libp2p protocol identifier. */
    public static final String ID = "/pinfold/rpc/1";

    /** Most bytes of a frame behind its length. */
    public static final int MAX_FRAME = (1 << 20) + (64 << 10);

    /** Most bytes of a request frame behind its length: the greatest body and what is said about it. */
    public static final int MAX_REQUEST_FRAME = MethodTable.MAX_REQUEST_BYTES + 256;

    /** Most bytes of an error frame behind its length. */
    public static final int MAX_ERROR_FRAME = 512;

    private RpcProtocol() {}
}
