package io.pinfold.ipfsnode.fetch;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The blocks that a walk waits for, or that came and are not stored yet, and what it will do with each. */
final class Wishes {

    /** The most codecs that one block is looked at by. */
    static final int MAX_VIEWS = 8;

    private final Map<Multihash, List<View>> open = new LinkedHashMap<>();

    /** One way to look at a block: as what its codec says, walked so many levels down. */
    record View(Cid cid, int down) {}

    boolean isEmpty() {
        return open.isEmpty();
    }

    int size() {
        return open.size();
    }

    /** Whether {@code block} is wished for. */
    boolean has(Multihash block) {
        return open.containsKey(block);
    }

    /** Serves {@code view} too when the wish that there is for its block comes true; false if there are too many views. */
    boolean join(View view) {
        List<View> views = views(view.cid.hash());
        for (int i = 0; i < views.size(); i++) {
            if (views.get(i).cid.codec() == view.cid.codec()) {
                views.set(i, views.get(i).down >= view.down ? views.get(i) : view);
                return true;
            }
        }
        return views.size() < MAX_VIEWS && views.add(view);
    }

    /** Notes a wish that there was not. */
    void add(View view) {
        List<View> views = new ArrayList<>(1);
        views.add(view);
        open.put(view.cid.hash(), views);
    }

    /** What to do with a block that came; empty if nobody waits for it. */
    List<View> views(Multihash block) {
        List<View> views = open.get(block);
        return views == null ? List.of() : views;
    }

    /** The block is stored, and no wish any more. */
    void done(Multihash block) {
        open.remove(block);
    }

    /** The oldest wish, of which there must be one. */
    Cid oldest() {
        return open.values().iterator().next().getFirst().cid;
    }
}
