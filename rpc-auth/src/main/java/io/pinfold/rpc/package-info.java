/**
 * Calls between peers over one libp2p protocol: who may call what, how much, and how often.
 *
 * <p>{@link io.pinfold.rpc.MethodTable} is the whole table of rights; what is not in it is refused. The caller's identity
 * is the connection's, proven by its handshake. The bytes on the wire are told in docs/protocol/rpc.md.
 *
 * <p>Differs from ipfs-cluster's RPC: no wildcard trust, answers stream, every method has bounds of size, number, rate
 * and time, and errors are codes.
 */
@NullMarked
package io.pinfold.rpc;

import org.jspecify.annotations.NullMarked;
