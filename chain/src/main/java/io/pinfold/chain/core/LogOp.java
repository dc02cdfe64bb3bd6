package io.pinfold.chain.core;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.trust.KeySet;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One operation of a block. */
public sealed interface LogOp {

    /** Puts {@code pin} into the pinset, in place of what it said of that CID before. */
    record PinOp(Pin pin) implements LogOp {}

    /** Takes {@code cid} out of the pinset; without effect if it is not in it. */
    record UnpinOp(Cid cid) implements LogOp {}

    /**
     * Replaces the trusted keys, for every block above the anchor.
     *
     * @param version one more than the version that it replaces
     * @param anchor the block that the chain must contain
     * @param keys the whole new set
     * @param signatures by admins of the version that it replaces, at least their threshold
     */
    record TrustOp(long version, Anchor anchor, KeySet keys, SortedMap<PeerId, Bytes> signatures) implements LogOp {

        /**
         * Copies the signatures and checks the bounds.
         *
         * @throws IllegalArgumentException if one is broken
         */
        public TrustOp {
            requireVersion(version);
            signatures = copySignatures(signatures);
        }
    }

    /**
     * Changes settings of the cluster.
     *
     * @param version one more than that of the newest {@code config} operation, from 1
     * @param anchor the block that the chain must contain
     * @param activations by feature, the height above which it is valid
     * @param settings by name
     * @param signatures by admins, at least their threshold
     */
    record ConfigOp(long version, Anchor anchor, SortedMap<String, Long> activations,
            SortedMap<String, String> settings, SortedMap<PeerId, Bytes> signatures) implements LogOp {

        /**
         * Copies the maps and checks the bounds.
         *
         * @throws IllegalArgumentException if one is broken
         */
        public ConfigOp {
            requireVersion(version);
            activations = Collections.unmodifiableSortedMap(new TreeMap<>(activations));
            settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
            signatures = copySignatures(signatures);
            requireSettings(activations, settings);
        }
    }

    /** A block of the chain that a threshold of admins vouches for. */
    record Anchor(Cid block, long height) {

        /**
         * Checks the height.
         *
         * @throws IllegalArgumentException if it is out of bounds
         */
        public Anchor {
            if (height < 0 || height > Limits.MAX_NUMBER) {
                throw new IllegalArgumentException("anchor at height " + height);
            }
        }
    }

    private static void requireVersion(long version) {
        if (version < 1 || version > Limits.MAX_NUMBER) {
            throw new IllegalArgumentException("version is " + version);
        }
    }

    private static SortedMap<PeerId, Bytes> copySignatures(SortedMap<PeerId, Bytes> signatures) {
        for (Bytes signature : signatures.values()) {
            if (signature.size() != SignedBlock.SIGNATURE_BYTES) {
                throw new IllegalArgumentException("signature of " + signature.size() + " bytes");
            }
        }
        if (signatures.size() > Limits.KEYS) {
            throw new IllegalArgumentException(signatures.size() + " signatures");
        }
        return Collections.unmodifiableSortedMap(new TreeMap<>(signatures));
    }

    private static void requireSettings(SortedMap<String, Long> activations, SortedMap<String, String> settings) {
        if (activations.size() > Limits.METADATA_ENTRIES || settings.size() > Limits.METADATA_ENTRIES) {
            throw new IllegalArgumentException("too many settings");
        }
        int bytes = 0;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            bytes += Texts.sizeInUtf8("setting", setting.getKey()) + Texts.sizeInUtf8("setting", setting.getValue());
        }
        for (Map.Entry<String, Long> activation : activations.entrySet()) {
            bytes += Texts.sizeInUtf8("feature", activation.getKey());
            if (activation.getValue() < 1 || activation.getValue() > Limits.MAX_NUMBER) {
                throw new IllegalArgumentException("activation at height " + activation.getValue());
            }
        }
        if (bytes > Limits.METADATA_BYTES) {
            throw new IllegalArgumentException("settings of " + bytes + " bytes");
        }
    }
}
