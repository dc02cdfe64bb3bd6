package io.pinfold.follower.offline;

import io.pinfold.chain.store.Opening;
import io.pinfold.chain.store.blocks.SegmentChainStore;
import io.pinfold.chain.store.file.FileSystemAccess;
import io.pinfold.chain.store.pins.MapDbPinStore;
import io.pinfold.chain.store.pins.PinStoreConfig;
import io.pinfold.chain.store.pins.PinStoreEvent;
import io.pinfold.follower.assembly.PeerFiles;
import io.pinfold.multiformats.Cid;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Opens stores of a folder on which no peer runs. */
final class OfflineStores {

    private OfflineStores() {}

    static SegmentChainStore blocks(PeerFiles files) throws FolderUnusableException {
        return opened("chain store",
                SegmentChainStore.open(files.blocks(), FileSystemAccess.DISK, new SecureRandom()));
    }

    static MapDbPinStore pins(Path folder, Cid cluster, InstantSource clock, Consumer<PinStoreEvent> listener)
            throws FolderUnusableException {
        return opened("state", MapDbPinStore.open(PinStoreConfig.of(folder), cluster, FileSystemAccess.DISK, clock,
                new SecureRandom(), listener));
    }

    private static <T> T opened(String what, Opening<T> opening) throws FolderUnusableException {
        return switch (opening) {
            case Opening.Opened<T>(T store) -> store;
            case Opening.Refused<T>(var reason, String detail) ->
                throw new FolderUnusableException("the " + what + " cannot be opened: " + reason + ", " + detail);
        };
    }
}
