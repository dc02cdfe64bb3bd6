package io.pinfold.ipfsnode.store.database;

import io.pinfold.multiformats.Bytes;

/** A key and what is stored under it. */
public record Row(Bytes key, Bytes value) {}
