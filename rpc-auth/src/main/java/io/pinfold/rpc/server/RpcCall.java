package io.pinfold.rpc.server;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import io.pinfold.rpc.Method;
import java.time.Instant;

/**
 * A call that passed the table, the authorizer and the limits.
 *
 * @param caller who calls, as the connection's handshake proved
 * @param trusted whether the cluster trusts the caller
 * @param method the line of the table
 * @param body the method's own bytes, within the method's bound and not yet parsed
 * @param deadline when the answer must be done; the calling thread is interrupted then
 */
public record RpcCall(PeerId caller, boolean trusted, Method method, Bytes body, Instant deadline) {}
