package io.pinfold.chain.store.pins;

import io.pinfold.chain.core.StateMark;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the two newest bases on disk, and finds the newest sound one. */
final class BaseKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(BaseKeeper.class);

    private final BaseFolder folder;
    private final StateMark genesis;
    private final Consumer<PinStoreEvent> listener;

    BaseKeeper(BaseFolder folder, StateMark genesis, Consumer<PinStoreEvent> listener) {
        this.folder = folder;
        this.genesis = genesis;
        this.listener = listener;
    }

    BaseFolder folder() {
        return folder;
    }

    /** Opens the newest sound base at or below {@code height}, or the empty one; unsound ones are removed. */
    Base openNewest(long height) {
        Base base = firstSound(height);
        tell(new PinStoreEvent.BaseOpened(base.mark().height(), base.count()));
        return base;
    }

    /** Removes all bases above {@code height}, durably. */
    void deleteAbove(long height) throws IOException {
        for (long each : folder.heights()) {
            if (each > height) {
                folder.delete(each);
            }
        }
    }

    /** Takes note that {@code base} was built in place of {@code former}: all but these two are removed. */
    void keep(FileBase base, Base former, Duration took) {
        tell(new PinStoreEvent.BaseBuilt(base.mark().height(), base.count(), base.bytes(), took));
        try {
            for (long height : folder.heights()) {
                if (height < former.mark().height()) {
                    folder.delete(height);
                }
            }
        } catch (IOException e) {
            LOG.warn("an old base could not be removed: {}", e.toString());
        }
    }

    void tell(PinStoreEvent event) {
        switch (event) {
            case PinStoreEvent.BaseOpened(long height, long pins) ->
                LOG.info("state begins at height {} with {} pins", height, pins);
            case PinStoreEvent.BaseBuilt(long height, long pins, long bytes, Duration took) ->
                LOG.info("base at height {} built in {} ms: {} pins, {} bytes", height, took.toMillis(), pins, bytes);
            case PinStoreEvent.BasePassedOver(long height, String reason) ->
                LOG.warn("base at height {} is passed over: {}", height, reason);
            case PinStoreEvent.BuildFailed(var failure) -> LOG.warn("a base could not be built: {}", failure);
        }
        listener.accept(event);
    }

    private Base firstSound(long height) {
        try {
            for (long each : folder.heights().tailSet(height)) {
                switch (folder.open(each)) {
                    case BaseOpening.Opened(FileBase base) -> {
                        return base;
                    }
                    case BaseOpening.PassedOver(long damaged, String reason) -> {
                        tell(new PinStoreEvent.BasePassedOver(damaged, reason));
                        folder.delete(damaged);
                    }
                }
            }
        } catch (IOException e) {
            LOG.warn("bases cannot be read: {}", e.toString());
        }
        return new EmptyBase(genesis);
    }
}
