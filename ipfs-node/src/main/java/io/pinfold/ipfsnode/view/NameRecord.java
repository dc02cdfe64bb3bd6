package io.pinfold.ipfsnode.view;

import io.pinfold.multiformats.Bytes;
import java.time.Duration;
import java.time.Instant;

/** A signed record of IPNS as it travels, how long it may be kept, and until when it counts. */
public record NameRecord(Bytes encoded, Duration ttl, Instant validUntil) {}
