package io.pinfold.ipfsnode.bitswap.client;

import io.pinfold.multiformats.PeerId;

/** What the dispatcher has others do; calls are made under its lock and return at once. */
interface Effects {

    /** Begins to send {@code peer} what it is to be told. */
    void send(ClientPeer peer);

    /** Begins to look for providers of what {@code session} wants. */
    void search(WantSession session, Wish wish);

    /** Keeps the connection to {@code peer} while the session named {@code tag} lasts. */
    void protect(PeerId peer, String tag);

    /** Takes back {@link #protect}. */
    void unprotect(PeerId peer, String tag);
}
