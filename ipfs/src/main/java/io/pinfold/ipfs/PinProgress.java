package io.pinfold.ipfs;

/** Hears how far a pin has come. */
@FunctionalInterface
public interface PinProgress {

    /** So many blocks, and bytes where the backend tells them (otherwise 0), are here by now. */
    void at(long blocks, long bytes);
}
