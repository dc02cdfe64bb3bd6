package io.pinfold.templates;

import io.pinfold.multiformats.Cid;
import java.util.Optional;

/**
 * Decides whether a template may be taken: the first one binds a folder to its cluster, later ones must be of the same.
 *
 * @param remembered the cluster that this folder is bound to, none before the first init
 * @param expected the cluster that the operator named ({@code --expect-cluster}), if any
 */
public record TemplateCheck(Optional<Cid> remembered, Optional<Cid> expected) {

    /** What to do with a template. */
    public sealed interface Verdict {

        /** It is the first, and binds the folder to its cluster. */
        record First(Cid cluster) implements Verdict {}

        /** It is of the cluster that the folder is bound to; addresses and suggestions may be taken. */
        record Same(Cid cluster) implements Verdict {}

        /** It is of another cluster than the operator named. */
        record NotExpected(Cid expected, Cid offered) implements Verdict {}

        /** It is of another cluster than the folder is bound to. */
        record OtherCluster(Cid remembered, Cid offered) implements Verdict {}
    }

    /** Judges {@code template}; what the operator named is looked at first. */
    public Verdict judge(Template template) {
        Cid offered = template.clusterId();
        if (expected.isPresent() && !expected.get().equals(offered)) {
            return new Verdict.NotExpected(expected.get(), offered);
        }
        if (remembered.isEmpty()) {
            return new Verdict.First(offered);
        }
        return remembered.get().equals(offered)
                ? new Verdict.Same(offered)
                : new Verdict.OtherCluster(remembered.get(), offered);
    }
}
