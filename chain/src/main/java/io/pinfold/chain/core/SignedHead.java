package io.pinfold.chain.core;

import io.pinfold.multiformats.Bytes;

/**
 * A head with its signature and its encoding, which belong together: only the codec makes one.
 *
 * @param signature the voter's, 64 bytes; whether it holds is for the gate to say
 * @param bytes the canonical encoding of both
 */
public record SignedHead(Head head, Bytes signature, Bytes bytes) {}
